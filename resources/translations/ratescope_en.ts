<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Crosshair</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunUndoCommands</name>
    <message numerus="yes">
        <source>deletion of %n run(s)</source>
        <translation>
            <numerusform>deletion of %n run</numerusform>
            <numerusform>deletion of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new run(s)</source>
        <translation>
            <numerusform>%n new run</numerusform>
            <numerusform>%n new runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::Figure</name>
    <message numerus="yes">
        <source>%1 (%n seed(s))</source>
        <translation>
            <numerusform>%1 (%n seed)</numerusform>
            <numerusform>%1 (%n seeds)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::ForkDialog</name>
    <message numerus="yes">
        <source>%n state(s) of this run: %1 MB; of all runs %2 MB</source>
        <translation>
            <numerusform>%n state of this run: %1 MB; of all runs %2 MB</numerusform>
            <numerusform>%n states of this run: %1 MB; of all runs %2 MB</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::LogDialog</name>
    <message numerus="yes">
        <source>“%1” and %n more of the same kind</source>
        <translation>
            <numerusform>“%1” and %n more of the same kind</numerusform>
            <numerusform>“%1” and %n more of the same kind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n loss(es)</source>
        <translation>
            <numerusform>%n loss</numerusform>
            <numerusform>%n losses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) try the suggested rates.</source>
        <translation>
            <numerusform>%n run tries the suggested rates.</numerusform>
            <numerusform>%n runs try the suggested rates.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RangeTestDialog</name>
    <message numerus="yes">
        <source>%n rate(s)</source>
        <translation>
            <numerusform>%n rate</numerusform>
            <numerusform>%n rates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n seed</numerusform>
            <numerusform>%n seeds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RangeTestForm</name>
    <message numerus="yes">
        <source>at most %n</source>
        <translation>
            <numerusform>at most %n</numerusform>
            <numerusform>at most %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RecoveryDialog</name>
    <message numerus="yes">
        <source>Delete %n unsaved study(s) for good?</source>
        <translation>
            <numerusform>Delete %n unsaved study for good?</numerusform>
            <numerusform>Delete %n unsaved studies for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RunGroupModel</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RunListActions</name>
    <message numerus="yes">
        <source>showing of %n run(s)</source>
        <translation>
            <numerusform>showing of %n run</numerusform>
            <numerusform>showing of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>hiding of %n run(s)</source>
        <translation>
            <numerusform>hiding of %n run</numerusform>
            <numerusform>hiding of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>colour of %n run(s)</source>
        <translation>
            <numerusform>colour of %n run</numerusform>
            <numerusform>colour of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>line of %n run(s)</source>
        <translation>
            <numerusform>line of %n run</numerusform>
            <numerusform>line of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Colour of %n run(s)</source>
        <translation>
            <numerusform>Colour of %n run</numerusform>
            <numerusform>Colour of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RunListPanel</name>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 of %n run</numerusform>
            <numerusform>%1 of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::SchedulePlot</name>
    <message numerus="yes">
        <source>%n schedule(s)</source>
        <translation>
            <numerusform>%n schedule</numerusform>
            <numerusform>%n schedules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::SuggestionsPanel</name>
    <message numerus="yes">
        <source>median of %n seed(s)</source>
        <translation>
            <numerusform>median of %n seed</numerusform>
            <numerusform>median of %n seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n seed(s)</source>
        <translation>
            <numerusform>%1 of %n seed</numerusform>
            <numerusform>%1 of %n seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trains ⅓ of each rate, the rate and 3 times the rate for that long: %n run(s)</source>
        <translation>
            <numerusform>Trains ⅓ of each rate, the rate and 3 times the rate for that long: %n run</numerusform>
            <numerusform>Trains ⅓ of each rate, the rate and 3 times the rate for that long: %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n epoch</numerusform>
            <numerusform>%n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n trial(s) are over.</source>
        <translation>
            <numerusform>%1 of %n trial is over.</numerusform>
            <numerusform>%1 of %n trials are over.</numerusform>
        </translation>
    </message>
</context>
</TS>
