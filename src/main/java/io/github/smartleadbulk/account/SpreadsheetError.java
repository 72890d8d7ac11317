package io.github.smartleadbulk.account;

/**
 * What a spreadsheet shows for a failed formula: the errors in Excel's languages, and those of
 * Sheets (#ERROR!) and LibreOffice (Err:502).
 */
final class SpreadsheetError {

  private static final String WITH_MARK =
      // English with its newer errors, then other languages, those with the most users of this
      // program first.
      "REF!|NAME\\?|DIV/0!|VALUE!|NULL!|NUM!|SPILL!|CALC!|FIELD!|CONNECT!|BLOCKED!|UNKNOWN!|BUSY!"
          + "|PYTHON!|EXTERNAL!|ERROR!|ERR!"
          + "|BEZUG!|WERT!|ZAHL!|ÜBERLAUF!|KALK!|FELD!"
          + "|NOM\\?|VALEUR!|NUL!|NOMBRE!|PROPAGATION!|EPARS!|CHAMP!"
          + "|¡REF!|¿NOMBRE\\?|¡DIV/0!|¡VALOR!|¡NULO!|¡NUM!|¡DESBORDAMIENTO!"
          + "|RIF!|NOME\\?|VALORE!|NULLO!|ESPANSIONE!"
          + "|VERW!|NAAM\\?|DEEL/0!|WAARDE!|LEEG!|GETAL!|OVERLOOP!"
          + "|VALOR!|NULO!|NÚM!|DESPEJAR!"
          + "|N/D!|ADR!|NAZWA\\?|DZIEL/0!|ARG!|ZERO!|LICZBA!|ROZLANIE!"
          + "|ССЫЛКА!|ИМЯ\\?|ДЕЛ/0!|ЗНАЧ!|ПУСТО!|ЧИСЛО!"
          + "|REFERENCE!|NAVN\\?|DIVISION/0!|VÆRDI!|VERDI!|REFERENS!|NAMN\\?|VÄRDEFEL!|SKÄRNING!"
          + "|OGILTIGT!|SAKNAS!|PUUTTUU!|VIITTAUS!|NIMI\\?|JAKO/0!|ARVO!|TYHJÄ!|LUKU!"
          + "|ODKAZ!|NÁZEV\\?|DĚLENÍ_NULOU!|HODNOTA!|ČÍSLO!|HIV!|NÉV\\?|ZÉRÓOSZTÓ!|ÉRTÉK!|NULLA!"
          + "|SZÁM!|BAŞV!|AD\\?|SAYI/0!|DEĞER!|BOŞ!|SAYI!";

  private static final String WITHOUT_MARK =
      "N/A|NV|N/D|N/B|I/T|Н/Д|YOK|HIÁNYZIK|NENÍ_K_DISPOZICI|GETTING_DATA";

  /** Includes ####, which Excel shows for a number in a column that is too narrow. */
  static final String PATTERN =
      "#(?iu:" + WITH_MARK + "|" + WITHOUT_MARK + ")|#{4,}|(?i:Err):[0-9]{3}";

  /** An error in a language that is not listed, or a word that only looks like one. */
  static final String LIKELY = "#[¡¿]?[\\p{Lu}\\p{M}0-9/_]{2,25}[!?]";

  /** An error inside other text. */
  static final String WITHIN = "#(?:" + WITH_MARK + "|N/A(?![\\p{L}\\p{N}]))";

  private SpreadsheetError() {}
}
