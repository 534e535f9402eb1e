<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Crosshair</name>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlotCursors</name>
    <message>
        <source>%1: B − A = %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunGroupModel</name>
    <message>
        <source>One configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not set</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunListModel</name>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused at %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diverged at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diverged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunUndoCommands</name>
    <message>
        <source>deletion of a run</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>deletion of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>new run</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n new run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>renaming of “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change of the configuration</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewCommand</name>
    <message>
        <source>change the view</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope</name>
    <message>
        <source>Starts from “%1”, which is not among the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts from “%1”, which diverged and left no weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts from “%1”, which failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts from “%1”, which is a range test and leaves no weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %, loss %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped early after epoch %1, at step %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test accuracy: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch: %1, with whose weights it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot %1, step %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All snapshots: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::ExportDialog</name>
    <message>
        <source>Export figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the file will be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV numbers in sight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings of the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy to clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test: loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test: slope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text along the x axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text along the y axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2 pixels, with the runs&apos; configuration inside: dropped on this window, the picture brings the runs back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines and text for drawing programs and the web, with the runs&apos; configuration inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One page of lines and text for papers, with the runs&apos; configuration inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The numbers of the visible runs within the ranges in sight, one row a step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::Figure</name>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training time (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-entropy loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothed loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: diverged at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: best epoch, %2; its weights were kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: best epoch, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: stopped early after step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: restart %2 at step %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diverged at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n seed(s))</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All runs are hidden.
Their boxes in the list show them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs to show yet.
New run makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Start to train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known at the end of an epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run&apos;s schedule shows here
before it trains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test finds out
which rates can work</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::InspectorPanel</name>
    <message>
        <source>Choose a run to see what it is made of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with the configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is no number;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run has begun: its configuration is fixed. A duplicate starts from the same weights and batches; what you change in it is the whole difference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training or range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training with a schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs, whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs, fractional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow the batch instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rate stays, and the batch grows as the rate would have fallen; at the largest batch the rate falls after all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tenth of the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of the range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spacing of the rates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exponential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing of the range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop factor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test ends where the smoothed loss exceeds this times its best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long it trains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs or steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One number for initial weights and batch order: runs that share it differ in nothing but what you change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held out for validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last fraction of the training set is held out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first so many of the samples that are not held out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers, input side first: dense 128, conv2d 32 3 (filters, kernel), maxpool 2, dropout 0.25, flatten, relu, tanh, sigmoid. The last is dense 10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Init</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean squared error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between the softmax outputs and the one-hot label, mean over samples and classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 A rate to begin with: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder holds four IDX files, as MNIST comes, raw or .gz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder with four IDX files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::MainWindow</name>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the study is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT SAVED: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is still in memory, and writing is tried again. “Save as” puts it somewhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same start, same batches: change one thing in the inspector and press Start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted; Ctrl+Z brings back what was there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a run, like the chosen one if there is one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start what is ready, or pause what is running (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the runs for good; their curves stay (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sweep the rate of the chosen run&apos;s network from tiny to huge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the page or one plot as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page as a picture on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large type, thick lines, only the plots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run that starts the same and differs in what you change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the selected runs out of the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An experiment or a study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the study a place of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A copy of the study, in which it then goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Ratescope is started again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Ratescope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 run is training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs are training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 steps/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratescope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 — Ratescope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved yet (Ctrl+S); a working copy is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop; leave Present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N, Ctrl+D</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new run, duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete, F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete, rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undo, redo: runs and view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 – 9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide a run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>H</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide the selected runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter the list of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click, Ctrl+click in the legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hide a run, show nothing else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel, Ctrl+wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom along x, along y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag, Shift+drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move a plot, zoom to a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A or double click, F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fit, follow or stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to the view before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows, + and −</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move and zoom by keyboard, with Ctrl along y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comma, full stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move the crosshair by keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C, Shift+C, Ctrl+Backspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cursor A, cursor B, no cursors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L, Shift+L, Ctrl+Shift+L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>logarithmic loss, rate, steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>values as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F11</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+E, Ctrl+Shift+C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>export, copy the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+S, Ctrl+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>save, open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Ratescope %1&lt;/b&gt;&lt;p&gt;See what a learning rate does.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. It draws with QCustomPlot and computes with Eigen; MNIST is by Y. LeCun, C. Cortes and C. J. C. Burges.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experiments, studies and exported figures (*.json *.ratescope *.png *.svg *.pdf);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is open already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This lesson cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is kept in %1 as it happens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save study as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studies (*.ratescope)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure written to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure could not be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The study could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close Ratescope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the runs before closing?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs are still training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs that are still training will be stopped; what they did so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not everything could be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runs are still in memory. Save them somewhere else, or close and lose what is not on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::NumberEdit</name>
    <message>
        <source>Up and Down change it by a tenth of a decade</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::ParameterForm</name>
    <message>
        <source>to the end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::PlotPage</name>
    <message>
        <source>Fit and follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the view before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set cursor A here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set cursor B here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the cursors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys move the plot, plus and minus zoom, comma and full stop move the crosshair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss and learning rate over steps, and range tests, of the visible runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::RunController</name>
    <message>
        <source>Runs start from each other in a circle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this run; a smaller network or batch may fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diverged at step %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::RunGroupModel</name>
    <message>
        <source>Mean of the group&apos;s runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RunListActions</name>
    <message numerus="yes">
        <source>showing of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>hiding of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>hiding of the other runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>showing of all runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hiding of all runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchange of shown and hidden runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>colour of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>line of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Colour of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dotted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dash and dot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange shown and hidden</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::RunListColumns</name>
    <message>
        <source>As many as fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the runs were made</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::RunListModel</name>
    <message>
        <source>%1 — the box shows or hides its curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs trained so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean loss of the last batches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy on the validation set after the last epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples trained a second, evaluation left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
Test loss %2, accuracy %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the runs differ in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Val. acc.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name “%1” %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::RunListPanel</name>
    <message>
        <source>Filter: words, lr=0.1, optimizer=adam, batch_size&gt;64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every word has to be part of the name or the state, or to hold a key of the configuration against a value with =, !=, &lt;, &lt;=, &gt; or &gt;=. (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts runs together that have this in common.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many runs match the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runs with their state and figures. F2 renames, the menu key opens the menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::SchedulePreview</name>
    <message>
        <source>Preview of the schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From %1 at the first step to %2 at the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::StartForm</name>
    <message>
        <source>New last layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn from the seed, or those that another run ended with, or a safetensors file&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw the last layer&apos;s weights anew, for other classes than those it was trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer rates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 for all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What multiplies the rate for each layer with weights, input side first: 0, 0.1, 1. 0 freezes a layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawn from the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights to start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::StartPage</name>
    <message>
        <source>See what a learning rate does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small networks, real handwritten digits, and three plots that move while they learn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch a network learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three learning rates on the same network, the same start and the same batches, side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A range test: the rate sweeps from tiny to huge, and the slope of the loss shows where it works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An experiment (*.json) to train, or a study (*.ratescope) with its curves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved work from an earlier start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files that you open or save appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::StoppingForm</name>
    <message>
        <source>Stop early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience in epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End with the best weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot at each cycle&apos;s end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the run once the watched figure has become no better for some epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watched figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many epochs in a row may be no better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Better means by more than this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of the best epoch are what is tested and kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the weights at the end of each cycle; at the end the test set is asked of each and of all together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::StudySession</name>
    <message>
        <source>1 run, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::ValueModel</name>
    <message>
        <source>%1
loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
smoothed loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
slope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
training error (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
training accuracy (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
validation error (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
validation accuracy (%)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::ValueTable</name>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which plot&apos;s values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values behind the plot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps in sight as rows, visible runs as columns; Ctrl+C copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the steps in sight; Ctrl+C copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ratescope::ViewBar</name>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View of the plots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the x axis of loss and learning rate counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the loss plot shows; error and accuracy are known at epoch ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic axis for the loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic axis for the learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic axis for the steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the plots show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The range of the raw losses behind the smoothed line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The validation figures at the end of each epoch, as circles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epochs, early stops and restarts on their curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which line is which run: a click hides it, Ctrl+click shows nothing else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seeds:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How runs are drawn that differ in their seed alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plots:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the three plots lie</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stacked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>large loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>large rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>large range test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything and follow what comes (F); off, the axes stay as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exponential moving average of the loss, without the bias towards its start. The rate is never smoothed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
