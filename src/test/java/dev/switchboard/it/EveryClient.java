package dev.switchboard.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios of this class run over each {@linkplain Transport#spoken transport}, Socket.IO with its official clients
 * included; its constructor takes it. They say what people do, and no messages as such.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.switchboard.it.Transport#spoken")
@interface EveryClient {}
