package com.google.errorprone.annotations.concurrent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The lock that has to be held where a field is used or a method called. Error Prone refuses code
 * that does not hold it; it knows the annotation by this name alone, and nothing else of its own
 * annotations is needed here.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface GuardedBy {
  /** The lock, as an expression in the scope of the field or method. */
  String value();
}
