package io.github.smartleadbulk.result;

import java.nio.charset.Charset;

/**
 * How a CSV is written that the options of another one shall read.
 *
 * @param separatorLine whether a line before the header names the delimiter ({@code sep=;})
 */
public record Dialect(
    Charset charset, boolean byteOrderMark, char delimiter, boolean separatorLine) {}
