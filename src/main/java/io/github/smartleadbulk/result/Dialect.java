package io.github.smartleadbulk.result;

import java.nio.charset.Charset;

/**
 * How to write a CSV so that the options for another file also read it.
 *
 * @param separatorLine whether to write a line before the header that names the delimiter ({@code
 *     sep=;})
 */
public record Dialect(
    Charset charset, boolean byteOrderMark, char delimiter, boolean separatorLine) {}
