package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberSlipTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.23E+08 | a spreadsheet turned the number into an exponent and lost digits: give the column a number format without decimals and enter the numbers again",
        "1,2E8 | a spreadsheet turned the number into an exponent and lost digits: give the column a number format without decimals and enter the numbers again",
        "100.000 | the separator can mean decimals or thousands: give the column a number format without separators and decimals",
        "1,000 | the separator can mean decimals or thousands: give the column a number format without separators and decimals",
        "10,000,001 | the number has thousands separators: give the column a number format without them",
        "10.000.001 | the number has thousands separators: give the column a number format without them",
        "1 000 | the number has thousands separators: give the column a number format without them",
        "1\u00A0000 | the number has thousands separators: give the column a number format without them",
        "1\u202F000\u202F000 | the number has thousands separators: give the column a number format without them",
        "1’000 | the number has thousands separators: give the column a number format without them",
        "1_000 | the number has thousands separators: give the column a number format without them",
        "1,00,000 | the number has thousands separators: give the column a number format without them",
        "1.000,0 | the number has thousands separators: give the column a number format without them",
        "’1000 | a spreadsheet keeps a number with an apostrophe before it as text: delete the apostrophe",
        "50% | a percentage is not a plain number: give the column a number format without %",
        "50 % | a percentage is not a plain number: give the column a number format without %",
        "#N/A | a spreadsheet error replaced the number: correct its formula, or leave the cell blank",
        "#WERT! | a spreadsheet error replaced the number: correct its formula, or leave the cell blank",
        "######## | a spreadsheet error replaced the number: correct its formula, or leave the cell blank",
        "NULL | programs write this for a missing value: leave the cell blank",
        "nan | programs write this for a missing value: leave the cell blank",
        "=40 | the cell holds a formula instead of its result: save the values, not the formulas",
        "40,0 | give the column a number format without decimals",
        "\"40\" | delete the quotes around the number",
        "$40 | give the column a number format without a currency, and delete the sign",
        "40 € | give the column a number format without a currency, and delete the sign",
        "\u202A40\u202C | the cell contains invisible characters: type the number again",
        "\uFF14\uFF10 | write the number with the digits 0 to 9",
        "4O | a letter replaced a digit",
        "9007199254740992 | JSON cannot tell whole numbers above 2^53 apart",
        "00099999999999999999999 | JSON cannot tell whole numbers above 2^53 apart",
      })
  void causeAndMend(String cell, String hint) {
    assertThat(Cells.parseWhole(cell, 0)).isNull();
    assertThat(Cells.numberHint(cell)).isEqualTo("; " + hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forty", "-1", "40.5", "0", "x"})
  void nothingIsGuessed(String cell) {
    assertThat(Cells.numberHint(cell)).isEmpty();
  }
}
