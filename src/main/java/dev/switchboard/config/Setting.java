package dev.switchboard.config;

import java.util.Optional;

/**
 * What there is to say about a key: a row of the reference.
 *
 * @param form what it must be, as its fault says
 * @param fallback what stands for it when it is absent; empty for nothing
 * @param otherwise the same in words, where it depends on something; else empty
 * @param meaning in Markdown, with links as the pages have them
 */
record Setting(String form, Optional<Object> fallback, String otherwise, String meaning) {}
