package io.weir.simulator.people;

/** Looks over the shoulders of an account's people. Called on any thread, one happening of a person at a time or more; must not wait. */
@FunctionalInterface
public interface Watcher {
    /** Something has happened on the phone of the person with this openid. */
    void saw(String openid, PhoneEvent happening);
}
