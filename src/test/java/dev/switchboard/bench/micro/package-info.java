/** What the pieces of the hot path cost one by one, in time and in garbage: {@code run.sh bench micro} (JMH). */
package dev.switchboard.bench.micro;
