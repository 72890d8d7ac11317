package io.github.smartleadbulk.page;

/** A name and a figure for the first screen. */
record Card(String name, String figure) {

  private static final int LONG = 12;

  public boolean isLong() {
    return figure.length() > LONG;
  }
}
