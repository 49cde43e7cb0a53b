/**
 * JavaScript handlers on GraalJS: {@link dev.switchboard.language.js.JsVerticle} runs a script in a Context of its own,
 * and {@code prelude.js} gives the script its words, on top of the few methods that are exported here.
 *
 * <p>Knows language, the public API, wire and token. A Context is touched on the context of its verticle only.
 */
@NullMarked
package dev.switchboard.language.js;

import org.jspecify.annotations.NullMarked;
