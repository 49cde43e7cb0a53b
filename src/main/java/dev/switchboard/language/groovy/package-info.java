/**
 * Handlers in Groovy: a script that registers its handlers on {@code on}, or a class.
 *
 * <p>Knows language and the public API. A script runs on the context of its verticle.
 */
@NullMarked
package dev.switchboard.language.groovy;

import org.jspecify.annotations.NullMarked;
