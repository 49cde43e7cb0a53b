/**
 * Handlers written as scripts: {@code js:} and {@code groovy:} names, and files that end so, are made verticles here.
 *
 * <p>The jars of a language are large and stay out of Switchboard's own. This package knows none of them; what does, is
 * loaded by name when the first script of a language is deployed ({@code language.js}, {@code language.groovy}).
 *
 * <p>Knows nothing. A script is read and compiled by a thread that may block, and runs on the context of its verticle.
 */
@NullMarked
package dev.switchboard.language;

import org.jspecify.annotations.NullMarked;
