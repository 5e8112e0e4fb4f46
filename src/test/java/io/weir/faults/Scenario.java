package io.weir.faults;

/** One row of the table: a fault, and what must hold in spite of it. */
interface Scenario {
    /** What it is called on the command line. */
    String name();

    /** What is broken, in a few words. */
    String fault();

    /** What must hold, as the table says it. */
    String promise();

    /** Breaks it, on a fleet of its own, and looks. */
    Verdict run(Stage stage);
}
