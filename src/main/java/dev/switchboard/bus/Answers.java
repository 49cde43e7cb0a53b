package dev.switchboard.bus;

import java.util.List;
import java.util.Set;

/**
 * What many answered.
 *
 * @param answers one for each that is known to have been meant, those that failed included
 * @param missing the ids of those among them that did not answer: not in time, or they are gone
 * @param complete whether nobody is missing; false also when sockets are not known because their node is silent
 */
public record Answers(List<Answer> answers, Set<String> missing, boolean complete) {
    public Answers {
        answers = List.copyOf(answers);
        missing = Set.copyOf(missing);
    }
}
