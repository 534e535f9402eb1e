<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Crosshair</name>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>error %</source>
        <translation>Fehler %</translation>
    </message>
    <message>
        <source>accuracy %</source>
        <translation>Genauigkeit %</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>slope</source>
        <translation>Steigung</translation>
    </message>
    <message>
        <source>Rate %1</source>
        <translation>Rate %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>%1: %2 diverged up to here</source>
        <translation>%1: %2 bis hierher divergiert</translation>
    </message>
</context>
<context>
    <name>PlotCursors</name>
    <message>
        <source>%1: B − A = %2</source>
        <translation>%1: B − A = %2</translation>
    </message>
</context>
<context>
    <name>RangeTestRuns</name>
    <message>
        <source>range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>fresh start</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>halving</source>
        <translation>Halbierung</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>%1, seed %2</source>
        <translation>%1, Startwert %2</translation>
    </message>
</context>
<context>
    <name>RateHandles</name>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>%1 %2: rate %3</source>
        <translation>%1 %2: Rate %3</translation>
    </message>
</context>
<context>
    <name>RateMarker</name>
    <message>
        <source>Chosen rate %1</source>
        <translation>Gewählte Rate %1</translation>
    </message>
</context>
<context>
    <name>RunGroupModel</name>
    <message>
        <source>One configuration</source>
        <translation>Eine Konfiguration</translation>
    </message>
    <message>
        <source>%1: not set</source>
        <translation>%1: nicht gesetzt</translation>
    </message>
    <message>
        <source>Measured elsewhere</source>
        <translation>Anderswo gemessen</translation>
    </message>
</context>
<context>
    <name>RunListModel</name>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · noch %2</translation>
    </message>
    <message>
        <source>paused at %1 %</source>
        <translation>Pause bei %1 %</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>diverged at %1</source>
        <translation>divergiert bei %1</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>vorzeitig beendet</translation>
    </message>
    <message>
        <source>stopped at %1</source>
        <translation>gestoppt bei %1</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>divergiert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
</context>
<context>
    <name>RunResultText</name>
    <message>
        <source>%1 %, loss %2</source>
        <translation>%1 %, Verlust %2</translation>
    </message>
    <message>
        <source>Stopped early after epoch %1, at step %2 of %3</source>
        <translation>Vorzeitig beendet nach Epoche %1, bei Schritt %2 von %3</translation>
    </message>
    <message>
        <source>Test accuracy: %1</source>
        <translation>Testgenauigkeit: %1</translation>
    </message>
    <message>
        <source>Best epoch: %1, with whose weights it ends</source>
        <translation>Beste Epoche: %1, mit deren Gewichten der Lauf endet</translation>
    </message>
    <message>
        <source>Best epoch: %1</source>
        <translation>Beste Epoche: %1</translation>
    </message>
    <message>
        <source>Snapshot %1, step %2: %3</source>
        <translation>Momentaufnahme %1, Schritt %2: %3</translation>
    </message>
    <message>
        <source>All snapshots: %1</source>
        <translation>Alle Momentaufnahmen: %1</translation>
    </message>
</context>
<context>
    <name>RunUndoCommands</name>
    <message>
        <source>deletion of a run</source>
        <translation>Löschen eines Laufs</translation>
    </message>
    <message numerus="yes">
        <source>deletion of %n run(s)</source>
        <translation>
            <numerusform>Löschen von %n Lauf</numerusform>
            <numerusform>Löschen von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>new run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message numerus="yes">
        <source>%n new run(s)</source>
        <translation>
            <numerusform>%n neuer Lauf</numerusform>
            <numerusform>%n neue Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>renaming of “%1”</source>
        <translation>Umbenennen von „%1“</translation>
    </message>
    <message>
        <source>change of %1</source>
        <translation>Änderung von %1</translation>
    </message>
    <message>
        <source>change of the configuration</source>
        <translation>Änderung der Konfiguration</translation>
    </message>
    <message>
        <source>change of the rate by hand</source>
        <translation>Änderung der Rate von Hand</translation>
    </message>
</context>
<context>
    <name>ScheduleWords</name>
    <message>
        <source>The data decide: the line is what happens as long as the loss holds; dashed: a loss that runs away twice.</source>
        <translation>Die Daten entscheiden: Die Linie gilt, solange der Verlust hält; gestrichelt: ein Verlust, der zweimal davonläuft.</translation>
    </message>
    <message>
        <source>The data decide: the line is what happens while there is progress; dashed: an example with made-up data.</source>
        <translation>Die Daten entscheiden: Die Linie gilt, solange es Fortschritt gibt; gestrichelt: ein Beispiel mit erfundenen Daten.</translation>
    </message>
    <message>
        <source>The data decide: the line is what happens while there is progress.</source>
        <translation>Die Daten entscheiden: Die Linie gilt, solange es Fortschritt gibt.</translation>
    </message>
    <message>
        <source>The data decide, but this run ends before the patience does: the rate will not move.</source>
        <translation>Die Daten entscheiden, aber dieser Lauf endet vor der Geduld: Die Rate wird sich nicht bewegen.</translation>
    </message>
    <message>
        <source>The rate is below 0 at step %1 (%2): there the loss is climbed, not descended.</source>
        <translation>Die Rate ist bei Schritt %1 kleiner als 0 (%2): Dort geht es den Verlust hinauf statt hinab.</translation>
    </message>
    <message>
        <source>The rate is 0 from step %1 on: nothing is learned while it is.</source>
        <translation>Die Rate ist ab Schritt %1 gleich 0: Solange sie das ist, wird nichts gelernt.</translation>
    </message>
    <message>
        <source>The rate is over 1e6 at step %1 (%2): nothing can be learned with it.</source>
        <translation>Die Rate ist bei Schritt %1 größer als 1e6 (%2): Damit lässt sich nichts lernen.</translation>
    </message>
    <message>
        <source>The rate is no number at step %1: there the run diverges.</source>
        <translation>Die Rate ist bei Schritt %1 keine Zahl: Dort divergiert der Lauf.</translation>
    </message>
</context>
<context>
    <name>StartWeights</name>
    <message>
        <source>Starts from “%1”, which is not among the runs</source>
        <translation>Beginnt mit Gewichten von „%1“: Diesen Lauf gibt es nicht</translation>
    </message>
    <message>
        <source>Starts from “%1”, which diverged and left no weights</source>
        <translation>Beginnt mit Gewichten von „%1“: Dieser Lauf ist divergiert und hat keine hinterlassen</translation>
    </message>
    <message>
        <source>Starts from “%1”, which failed</source>
        <translation>Beginnt mit Gewichten von „%1“: Dieser Lauf ist gescheitert</translation>
    </message>
    <message>
        <source>Starts from “%1”, which is a range test and leaves no weights</source>
        <translation>Beginnt mit Gewichten von „%1“: Dieser Lauf ist ein Lernratentest und hinterlässt keine</translation>
    </message>
    <message>
        <source>Is a fork of “%1”, which is not among the runs</source>
        <translation>Zweigt von „%1“ ab: Diesen Lauf gibt es nicht</translation>
    </message>
    <message>
        <source>Is a fork of “%1” at step %2, which ended after %3 steps</source>
        <translation>Zweigt von „%1“ bei Schritt %2 ab: Dieser Lauf endete nach %3 Schritten</translation>
    </message>
    <message>
        <source>Is a fork of “%1”, which was measured elsewhere</source>
        <translation>Zweigt von „%1“ ab: Dieser Lauf wurde anderswo gemessen</translation>
    </message>
</context>
<context>
    <name>ViewCommand</name>
    <message>
        <source>change the view</source>
        <translation>Änderung der Ansicht</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Constant</source>
        <translation>Konstant</translation>
    </message>
    <message>
        <source>lr</source>
        <translation>lr</translation>
    </message>
    <message>
        <source>One rate throughout: the yardstick for all others.</source>
        <translation>Durchweg dieselbe Rate: der Maßstab für alle anderen.</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>lr + (end − lr)·min(t/length, 1)</source>
        <translation>lr + (end − lr)·min(t/length, 1)</translation>
    </message>
    <message>
        <source>Step decay</source>
        <translation>Stufenweise</translation>
    </message>
    <message>
        <source>lr·factor^⌊(t + offset)/period⌋</source>
        <translation>lr·factor^⌊(t + offset)/period⌋</translation>
    </message>
    <message>
        <source>Long flat stretches with sudden drops; each drop shows in the loss.</source>
        <translation>Lange flache Strecken mit plötzlichen Stufen; jede Stufe ist im Verlust zu sehen.</translation>
    </message>
    <message>
        <source>Time decay</source>
        <translation>Zeitlicher Abfall</translation>
    </message>
    <message>
        <source>lr/(1 + decay·t); compounding: lr(t − 1)/(1 + decay·t)</source>
        <translation>lr/(1 + decay·t); fortlaufend: lr(t − 1)/(1 + decay·t)</translation>
    </message>
    <message>
        <source>Falls quickly at first and ever more slowly; compounding falls faster and faster.</source>
        <translation>Fällt anfangs schnell und dann immer langsamer; fortlaufend fällt sie immer schneller.</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>Exponentiell</translation>
    </message>
    <message>
        <source>lr·gamma^(t/period)</source>
        <translation>lr·gamma^(t/period)</translation>
    </message>
    <message>
        <source>The same share lost in the same time: a straight line on a log axis.</source>
        <translation>In gleicher Zeit geht der gleiche Anteil verloren: eine Gerade auf logarithmischer Achse.</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>end + (lr − end)·½(1 + cos(π·min(t/length, 1)))</source>
        <translation>end + (lr − end)·½(1 + cos(π·min(t/length, 1)))</translation>
    </message>
    <message>
        <source>Warm restarts</source>
        <translation>Warme Neustarts</translation>
    </message>
    <message>
        <source>cosine over each cycle; cycle i lasts period·period_factor^i</source>
        <translation>Kosinus über jeden Zyklus; Zyklus i dauert period·period_factor^i</translation>
    </message>
    <message>
        <source>A cosine that starts over: each restart shakes the weights loose, each end is a good place to stop.</source>
        <translation>Ein Kosinus, der immer neu beginnt: Jeder Neustart rüttelt die Gewichte los, jedes Ende ist ein guter Ort zum Aufhören.</translation>
    </message>
    <message>
        <source>Cyclical</source>
        <translation>Zyklisch</translation>
    </message>
    <message>
        <source>lr + (max_lr − lr)·max(0, 1 − x)·s, x = |t/half_period − 2c + 1|</source>
        <translation>lr + (max_lr − lr)·max(0, 1 − x)·s, x = |t/half_period − 2c + 1|</translation>
    </message>
    <message>
        <source>Triangles between two bounds that a range test gives; the rate passes through the best one again and again.</source>
        <translation>Dreiecke zwischen zwei Grenzen, die ein Lernratentest liefert; die Rate kommt immer wieder durch die beste hindurch.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>The rate.</source>
        <translation>Die Rate.</translation>
    </message>
    <message>
        <source>The rate at the start.</source>
        <translation>Die Rate am Anfang.</translation>
    </message>
    <message>
        <source>The rate at the start of the first cycle.</source>
        <translation>Die Rate am Anfang des ersten Zyklus.</translation>
    </message>
    <message>
        <source>End rate</source>
        <translation>Endrate</translation>
    </message>
    <message>
        <source>The rate it comes down to.</source>
        <translation>Die Rate, auf die sie hinabgeht.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>How long it takes, in the schedule&apos;s unit; left out: to the end of the run.</source>
        <translation>Wie lange es dauert, in der Zeiteinheit des Lernratenplans; ohne Angabe: bis zum Ende des Laufs.</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>What each drop multiplies the rate by.</source>
        <translation>Womit jede Stufe die Rate multipliziert.</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>Time between drops.</source>
        <translation>Zeit zwischen den Stufen.</translation>
    </message>
    <message>
        <source>Time in which the rate is multiplied by gamma.</source>
        <translation>Zeit, in der die Rate mit Gamma multipliziert wird.</translation>
    </message>
    <message>
        <source>Length of the first cycle.</source>
        <translation>Länge des ersten Zyklus.</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>Added to t, so that drops come earlier; 1 gives Keras&apos; classic step decay.</source>
        <translation>Wird zu t addiert, damit die Stufen früher kommen; 1 ergibt die klassischen Stufen von Keras.</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>Abfall</translation>
    </message>
    <message>
        <source>How fast the rate falls.</source>
        <translation>Wie schnell die Rate fällt.</translation>
    </message>
    <message>
        <source>Compounding</source>
        <translation>Fortlaufend</translation>
    </message>
    <message>
        <source>Divide the rate before, not the first one.</source>
        <translation>Die jeweils vorige Rate teilen, nicht die erste.</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>What the rate is multiplied by in each period.</source>
        <translation>Womit die Rate in jeder Periode multipliziert wird.</translation>
    </message>
    <message>
        <source>For exp_range: what the height is multiplied by with each unit of time.</source>
        <translation>Für exp_range: womit die Höhe je Zeiteinheit multipliziert wird.</translation>
    </message>
    <message>
        <source>Period factor</source>
        <translation>Periodenfaktor</translation>
    </message>
    <message>
        <source>How much longer each cycle is than the one before.</source>
        <translation>Um welchen Faktor jeder Zyklus länger ist als der vorige.</translation>
    </message>
    <message>
        <source>Peak factor</source>
        <translation>Gipfelfaktor</translation>
    </message>
    <message>
        <source>What each cycle&apos;s peak is multiplied by.</source>
        <translation>Womit der Gipfel jedes Zyklus multipliziert wird.</translation>
    </message>
    <message>
        <source>Lower rate</source>
        <translation>Untere Rate</translation>
    </message>
    <message>
        <source>The rate between the triangles.</source>
        <translation>Die Rate zwischen den Dreiecken.</translation>
    </message>
    <message>
        <source>Upper rate</source>
        <translation>Obere Rate</translation>
    </message>
    <message>
        <source>The rate at the first peak.</source>
        <translation>Die Rate am ersten Gipfel.</translation>
    </message>
    <message>
        <source>Half period</source>
        <translation>Halbperiode</translation>
    </message>
    <message>
        <source>Time from a low to the next peak.</source>
        <translation>Zeit von einem Tal bis zum nächsten Gipfel.</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Peaks that stay, that halve with each cycle, or that shrink as gamma^t.</source>
        <translation>Gipfel, die bleiben, die sich mit jedem Zyklus halbieren oder die wie gamma^t schrumpfen.</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>A step straight against the gradient, with momentum if wanted: the yardstick for all other rules.</source>
        <translation>Ein Schritt genau gegen den Gradienten, auf Wunsch mit Momentum: der Maßstab für alle anderen Regeln.</translation>
    </message>
    <message>
        <source>Robbins and Monro 1951; momentum: Sutskever et al. 2013</source>
        <translation>Robbins und Monro 1951; Momentum: Sutskever et al. 2013</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Scales each weight&apos;s step by its gradients&apos; running mean and size: one rate does nearly everywhere.</source>
        <translation>Skaliert den Schritt jedes Gewichts mit dem laufenden Mittel und der Größe seiner Gradienten: Eine Rate reicht fast überall.</translation>
    </message>
    <message>
        <source>Kingma and Ba 2015; AMSGrad: Reddi et al. 2018</source>
        <translation>Kingma und Ba 2015; AMSGrad: Reddi et al. 2018</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Adam with a weight decay that its scaling leaves alone: for keeping weights small.</source>
        <translation>Adam mit einem Gewichtszerfall, den die Skalierung in Ruhe lässt: um Gewichte klein zu halten.</translation>
    </message>
    <message>
        <source>Loshchilov and Hutter 2019</source>
        <translation>Loshchilov und Hutter 2019</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Divides each gradient by the recent size of its weight&apos;s: evens out layers of different slopes.</source>
        <translation>Teilt jeden Gradienten durch seine jüngste Größe am selben Gewicht: gleicht verschieden steile Schichten aus.</translation>
    </message>
    <message>
        <source>Tieleman and Hinton 2012, lecture 6.5; centred: Graves 2013</source>
        <translation>Tieleman und Hinton 2012, Vorlesung 6.5; zentriert: Graves 2013</translation>
    </message>
    <message>
        <source>NAdam</source>
        <translation>NAdam</translation>
    </message>
    <message>
        <source>Adam that looks ahead along its momentum, as Nesterov&apos;s SGD does: often a little faster early on.</source>
        <translation>Adam, das entlang seines Momentums vorausschaut wie SGD nach Nesterov: anfangs oft etwas schneller.</translation>
    </message>
    <message>
        <source>Dozat 2016</source>
        <translation>Dozat 2016</translation>
    </message>
    <message>
        <source>AdaMax</source>
        <translation>AdaMax</translation>
    </message>
    <message>
        <source>Adam that divides by the largest recent gradient: calm where gradients come in bursts.</source>
        <translation>Adam, das durch den größten jüngsten Gradienten teilt: ruhig, wo Gradienten stoßweise kommen.</translation>
    </message>
    <message>
        <source>Kingma and Ba 2015, section 7.1</source>
        <translation>Kingma und Ba 2015, Abschnitt 7.1</translation>
    </message>
    <message>
        <source>RAdam</source>
        <translation>RAdam</translation>
    </message>
    <message>
        <source>Adam that trusts its scaling only once it has seen enough gradients: a warm-up built in.</source>
        <translation>Adam, das seiner Skalierung erst traut, wenn es genug Gradienten gesehen hat: ein eingebautes Aufwärmen.</translation>
    </message>
    <message>
        <source>Liu et al. 2020</source>
        <translation>Liu et al. 2020</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>Divides by the root of all squared gradients so far: large steps for rarely used weights.</source>
        <translation>Teilt durch die Wurzel aus der Summe aller bisherigen quadrierten Gradienten: große Schritte für selten benutzte Gewichte.</translation>
    </message>
    <message>
        <source>Duchi et al. 2011</source>
        <translation>Duchi et al. 2011</translation>
    </message>
    <message>
        <source>Adadelta</source>
        <translation>Adadelta</translation>
    </message>
    <message>
        <source>Scales each step by the size of the steps before it: meant to need no rate, so begin with 1.</source>
        <translation>Skaliert jeden Schritt mit der Größe der vorigen: gedacht, um ohne Rate auszukommen, also mit 1 beginnen.</translation>
    </message>
    <message>
        <source>Zeiler 2012</source>
        <translation>Zeiler 2012</translation>
    </message>
    <message>
        <source>AdaBound</source>
        <translation>AdaBound</translation>
    </message>
    <message>
        <source>Begins as Adam and turns into SGD, between bounds that close in: fast at first, steady in the end.</source>
        <translation>Beginnt als Adam und wird zu SGD, zwischen Grenzen, die enger werden: anfangs schnell, am Ende stetig.</translation>
    </message>
    <message>
        <source>Luo et al. 2019</source>
        <translation>Luo et al. 2019</translation>
    </message>
    <message>
        <source>Rprop</source>
        <translation>Rprop</translation>
    </message>
    <message>
        <source>Steps by the gradient&apos;s sign alone, for large batches; the rate sets the first step.</source>
        <translation>Geht nur nach dem Vorzeichen des Gradienten, für große Batches; die Rate bestimmt den ersten Schritt.</translation>
    </message>
    <message>
        <source>Riedmiller and Braun 1993</source>
        <translation>Riedmiller und Braun 1993</translation>
    </message>
    <message>
        <source>Local gains</source>
        <translation>Lokale Faktoren</translation>
    </message>
    <message>
        <source>SGD with a gain for every weight, which grows while its gradient keeps its sign: before Adam.</source>
        <translation>SGD mit einem Faktor für jedes Gewicht, der wächst, solange der Gradient sein Vorzeichen behält: vor Adam.</translation>
    </message>
    <message>
        <source>Hinton 2012, lecture 6; after Jacobs 1988</source>
        <translation>Hinton 2012, Vorlesung 6; nach Jacobs 1988</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Momentum</translation>
    </message>
    <message>
        <source>Share of the last update that is kept.</source>
        <translation>Anteil der letzten Änderung, der behalten wird.</translation>
    </message>
    <message>
        <source>Share of the last update that is kept; 0.9 is common.</source>
        <translation>Anteil der letzten Änderung, der behalten wird; üblich ist 0.9.</translation>
    </message>
    <message>
        <source>Dampening</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>Share of each new gradient that is left out of the momentum.</source>
        <translation>Anteil jedes neuen Gradienten, der nicht ins Momentum eingeht.</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Look ahead along the momentum before taking the gradient&apos;s step.</source>
        <translation>Vor dem Schritt des Gradienten entlang des Momentums vorausschauen.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtszerfall</translation>
    </message>
    <message>
        <source>L2 penalty: this times the weight is added to its gradient.</source>
        <translation>L2-Strafe: Das Gewicht mal diesem Wert wird zu seinem Gradienten addiert.</translation>
    </message>
    <message>
        <source>This times the rate is the share that each step takes off every weight.</source>
        <translation>Dieser Wert mal der Rate ist der Anteil, den jeder Schritt jedem Gewicht nimmt.</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>Share of the gradients&apos; running mean that is kept at each step: the momentum.</source>
        <translation>Anteil des laufenden Mittels der Gradienten, der bei jedem Schritt behalten wird: das Momentum.</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>Share of the squared gradients&apos; running mean that is kept at each step.</source>
        <translation>Anteil des laufenden Mittels der quadrierten Gradienten, der bei jedem Schritt behalten wird.</translation>
    </message>
    <message>
        <source>Share of the largest gradient so far that is kept at each step.</source>
        <translation>Anteil des bisher größten Gradienten, der bei jedem Schritt behalten wird.</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Added to the denominator, so that small gradients do not make huge steps; 0 risks a division by 0.</source>
        <translation>Wird zum Nenner addiert, damit kleine Gradienten keine riesigen Schritte machen; bei 0 droht eine Division durch 0.</translation>
    </message>
    <message>
        <source>Added under both roots: the first steps come of it, so that more starts faster; 0 never starts.</source>
        <translation>Wird unter beiden Wurzeln addiert: Daraus entstehen die ersten Schritte, mehr beginnt also schneller; 0 beginnt nie.</translation>
    </message>
    <message>
        <source>AMSGrad</source>
        <translation>AMSGrad</translation>
    </message>
    <message>
        <source>AMSBound</source>
        <translation>AMSBound</translation>
    </message>
    <message>
        <source>Divide by the largest second moment so far, so that no step size grows again.</source>
        <translation>Durch das bisher größte zweite Moment teilen, damit keine Schrittweite wieder wächst.</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Centred</source>
        <translation>Zentriert</translation>
    </message>
    <message>
        <source>Divide by the gradients&apos; standard deviation, not by their root mean square.</source>
        <translation>Durch die Standardabweichung der Gradienten teilen, nicht durch ihr quadratisches Mittel.</translation>
    </message>
    <message>
        <source>Momentum decay</source>
        <translation>Momentumzerfall</translation>
    </message>
    <message>
        <source>How fast the momentum grows from half of beta 1 to all of it; 0 keeps it at half.</source>
        <translation>Wie schnell das Momentum vom halben Beta 1 auf das ganze wächst; 0 lässt es beim halben.</translation>
    </message>
    <message>
        <source>Rate decay</source>
        <translation>Ratenzerfall</translation>
    </message>
    <message>
        <source>Divides the schedule&apos;s rate by 1 plus this times the steps before.</source>
        <translation>Teilt die Rate des Lernratenplans durch 1 plus diesen Wert mal den bisherigen Schritten.</translation>
    </message>
    <message>
        <source>Initial sum</source>
        <translation>Anfangssumme</translation>
    </message>
    <message>
        <source>Where the sums of squared gradients begin; above 0 it makes the first steps smaller.</source>
        <translation>Wo die Summen der quadrierten Gradienten beginnen; über 0 werden die ersten Schritte kleiner.</translation>
    </message>
    <message>
        <source>Rho</source>
        <translation>Rho</translation>
    </message>
    <message>
        <source>Share of the running means, of squared gradients and squared steps, that is kept.</source>
        <translation>Anteil der laufenden Mittel, der quadrierten Gradienten und der quadrierten Schritte, der behalten wird.</translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation>Schlussrate</translation>
    </message>
    <message>
        <source>The rate that the rule ends with as SGD; it goes up and down with the schedule&apos;s.</source>
        <translation>Die Rate, mit der die Regel als SGD endet; sie geht mit der des Lernratenplans auf und ab.</translation>
    </message>
    <message>
        <source>How fast the bounds close in: after 1/gamma steps they are a factor of 4 apart.</source>
        <translation>Wie schnell die Grenzen enger werden: Nach 1/Gamma Schritten liegen sie um den Faktor 4 auseinander.</translation>
    </message>
    <message>
        <source>Shrink factor</source>
        <translation>Schrumpffaktor</translation>
    </message>
    <message>
        <source>What a weight&apos;s step size is multiplied by when its gradient flips its sign.</source>
        <translation>Womit die Schrittweite eines Gewichts multipliziert wird, wenn sein Gradient das Vorzeichen wechselt.</translation>
    </message>
    <message>
        <source>Growth factor</source>
        <translation>Wachstumsfaktor</translation>
    </message>
    <message>
        <source>What a weight&apos;s step size is multiplied by while its gradient keeps its sign.</source>
        <translation>Womit die Schrittweite eines Gewichts multipliziert wird, solange sein Gradient das Vorzeichen behält.</translation>
    </message>
    <message>
        <source>Smallest step</source>
        <translation>Kleinster Schritt</translation>
    </message>
    <message>
        <source>The smallest step size that a weight may come to.</source>
        <translation>Die kleinste Schrittweite, auf die ein Gewicht kommen darf.</translation>
    </message>
    <message>
        <source>Largest step</source>
        <translation>Größter Schritt</translation>
    </message>
    <message>
        <source>The largest step size that a weight may come to.</source>
        <translation>Die größte Schrittweite, auf die ein Gewicht kommen darf.</translation>
    </message>
    <message>
        <source>Increase</source>
        <translation>Zunahme</translation>
    </message>
    <message>
        <source>Added to a weight&apos;s gain while its gradient keeps its sign.</source>
        <translation>Wird zum Faktor eines Gewichts addiert, solange sein Gradient das Vorzeichen behält.</translation>
    </message>
    <message>
        <source>Decrease</source>
        <translation>Abnahme</translation>
    </message>
    <message>
        <source>What a weight&apos;s gain is multiplied by when its gradient flips its sign.</source>
        <translation>Womit der Faktor eines Gewichts multipliziert wird, wenn sein Gradient das Vorzeichen wechselt.</translation>
    </message>
    <message>
        <source>Smallest gain</source>
        <translation>Kleinster Faktor</translation>
    </message>
    <message>
        <source>The smallest gain that a weight may come to.</source>
        <translation>Der kleinste Faktor, auf den ein Gewicht kommen darf.</translation>
    </message>
    <message>
        <source>Largest gain</source>
        <translation>Größter Faktor</translation>
    </message>
    <message>
        <source>The largest gain that a weight may come to.</source>
        <translation>Der größte Faktor, auf den ein Gewicht kommen darf.</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Einheiten</translation>
    </message>
    <message>
        <source>Outputs, each of which sees all inputs.</source>
        <translation>Ausgaben, deren jede alle Eingaben sieht.</translation>
    </message>
    <message>
        <source>Every output sees every input.</source>
        <translation>Jede Ausgabe sieht jede Eingabe.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Patterns that are looked for.</source>
        <translation>Muster, nach denen gesucht wird.</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>Height and width of a pattern, in pixels.</source>
        <translation>Höhe und Breite eines Musters, in Pixeln.</translation>
    </message>
    <message>
        <source>Looks for small patterns everywhere in an image (no padding, stride 1).</source>
        <translation>Sucht überall im Bild nach kleinen Mustern (ohne Auffüllen, Schrittweite 1).</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Height and width of a window, in pixels.</source>
        <translation>Höhe und Breite eines Fensters, in Pixeln.</translation>
    </message>
    <message>
        <source>Keeps the largest value of each window.</source>
        <translation>Behält den größten Wert jedes Fensters.</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Share of the values that are set to 0.</source>
        <translation>Anteil der Werte, die auf 0 gesetzt werden.</translation>
    </message>
    <message>
        <source>Drops values at random while training, against overfitting.</source>
        <translation>Lässt beim Training zufällig Werte weg, gegen Überanpassung.</translation>
    </message>
    <message>
        <source>Turns an image into a vector.</source>
        <translation>Macht aus einem Bild einen Vektor.</translation>
    </message>
    <message>
        <source>max(x, 0).</source>
        <translation>max(x, 0).</translation>
    </message>
    <message>
        <source>Hyperbolic tangent.</source>
        <translation>Tangens hyperbolicus.</translation>
    </message>
    <message>
        <source>1/(1 + e^−x).</source>
        <translation>1/(1 + e^−x).</translation>
    </message>
    <message>
        <source>Too few points: a rule leaves out the first tenth and the last five and needs three between.</source>
        <translation>Zu wenige Punkte: Eine Regel lässt das erste Zehntel und die letzten fünf weg und braucht drei dazwischen.</translation>
    </message>
    <message>
        <source>The smoothed loss falls at none of the rates.</source>
        <translation>Der geglättete Verlust fällt bei keiner der Raten.</translation>
    </message>
    <message>
        <source>The smoothed loss falls fastest here.</source>
        <translation>Der geglättete Verlust fällt hier am schnellsten.</translation>
    </message>
    <message>
        <source>A tenth of the rate with the lowest smoothed loss.</source>
        <translation>Ein Zehntel der Rate mit dem kleinsten geglätteten Verlust.</translation>
    </message>
    <message>
        <source>is %1; allowed: %2</source>
        <translation>ist %1; erlaubt: %2</translation>
    </message>
    <message>
        <source>is no number; allowed: %1</source>
        <translation>ist keine Zahl; erlaubt: %1</translation>
    </message>
    <message>
        <source>the schedule %1 has no parameter of this name</source>
        <translation>der Lernratenplan %1 hat keinen Parameter dieses Namens</translation>
    </message>
    <message>
        <source>the schedule %1 needs this parameter: %2</source>
        <translation>der Lernratenplan %1 braucht diesen Parameter: %2</translation>
    </message>
    <message>
        <source>the optimizer %1 has no parameter of this name</source>
        <translation>der Optimierer %1 hat keinen Parameter dieses Namens</translation>
    </message>
    <message>
        <source>the optimizer %1 needs this parameter: %2</source>
        <translation>der Optimierer %1 braucht diesen Parameter: %2</translation>
    </message>
    <message>
        <source>“%1” is no schedule; allowed: %2</source>
        <translation>„%1“ ist kein Lernratenplan; erlaubt: %2</translation>
    </message>
    <message>
        <source>“%1” is no optimizer; allowed: %2</source>
        <translation>„%1“ ist kein Optimierer; erlaubt: %2</translation>
    </message>
    <message>
        <source>needs a schedule whose rate falls; %1 is none</source>
        <translation>braucht einen Lernratenplan, dessen Rate fällt; %1 ist keiner</translation>
    </message>
    <message>
        <source>means nothing without batch_growth</source>
        <translation>bedeutet ohne batch_growth nichts</translation>
    </message>
    <message>
        <source>is %1, below lr (%2)</source>
        <translation>ist %1 und liegt unter lr (%2)</translation>
    </message>
    <message>
        <source>needs a momentum above 0</source>
        <translation>braucht ein Momentum über 0</translation>
    </message>
    <message>
        <source>needs a dampening of 0</source>
        <translation>braucht eine Dämpfung von 0</translation>
    </message>
    <message>
        <source>is %1, above the largest step of %2</source>
        <translation>ist %1 und liegt über dem größten Schritt von %2</translation>
    </message>
    <message>
        <source>is empty; a run needs a name</source>
        <translation>ist leer; ein Lauf braucht einen Namen</translation>
    </message>
    <message>
        <source>is taken by another run</source>
        <translation>ist schon an einen anderen Lauf vergeben</translation>
    </message>
    <message>
        <source>is %1 bytes long; allowed: %2</source>
        <translation>ist %1 Bytes lang; erlaubt: %2</translation>
    </message>
    <message>
        <source>holds a control character</source>
        <translation>enthält ein Steuerzeichen</translation>
    </message>
    <message>
        <source>is “%1”; expected #rrggbb</source>
        <translation>ist „%1“; erwartet: #rrggbb</translation>
    </message>
    <message>
        <source>is no whole number from 0 on</source>
        <translation>ist keine ganze Zahl ab 0</translation>
    </message>
    <message>
        <source>has “%1”; expected numbers with commas between, such as 0, 0.1, 1</source>
        <translation>enthält „%1“; erwartet: Zahlen mit Kommas dazwischen, etwa 0, 0.1, 1</translation>
    </message>
    <message>
        <source>holds %1 numbers; expected %2, one for each layer with weights</source>
        <translation>enthält %1 Zahlen; erwartet: %2, eine für jede Schicht mit Gewichten</translation>
    </message>
    <message>
        <source>freezes every layer; nothing is left to train</source>
        <translation>friert jede Schicht ein; zum Trainieren bleibt nichts übrig</translation>
    </message>
    <message>
        <source>has no place in a range test, which knows no epochs</source>
        <translation>hat keinen Platz in einem Lernratentest, der keine Epochen kennt</translation>
    </message>
    <message>
        <source>has no place in a range test, whose rate is its own</source>
        <translation>hat keinen Platz in einem Lernratentest, der seine eigene Rate hat</translation>
    </message>
    <message>
        <source>have no place in a range test</source>
        <translation>haben keinen Platz in einem Lernratentest</translation>
    </message>
    <message>
        <source>is %1, but no samples are held out for validation</source>
        <translation>ist %1, aber es sind keine Beispiele zur Validierung zurückgelegt</translation>
    </message>
    <message>
        <source>need a schedule that goes round in cycles, such as warm_restarts or cyclical; %1 does not</source>
        <translation>brauchen einen Lernratenplan in Zyklen, etwa warm_restarts oder cyclical; %1 ist keiner</translation>
    </message>
    <message>
        <source>needs either a run or a file</source>
        <translation>braucht entweder einen Lauf oder eine Datei</translation>
    </message>
    <message>
        <source>would be none: the run ends before the schedule&apos;s first cycle does</source>
        <translation>wären keine: Der Lauf endet vor dem ersten Zyklus des Lernratenplans</translation>
    </message>
    <message>
        <source>would be %1, one at each end of a cycle; allowed: %2</source>
        <translation>wären %1, eine am Ende jedes Zyklus; erlaubt: %2</translation>
    </message>
    <message>
        <source>would take %1 MiB; allowed: %2 MiB</source>
        <translation>bräuchten %1 MiB; erlaubt: %2 MiB</translation>
    </message>
    <message>
        <source>is %1: nothing is left to train on</source>
        <translation>ist %1: Zum Trainieren bleiben keine Beispiele übrig</translation>
    </message>
    <message>
        <source>is %1; allowed: 0 (all) to %2, the samples that are not held out for validation</source>
        <translation>ist %1; erlaubt: 0 (alle) bis %2, die Beispiele, die nicht zur Validierung zurückgelegt sind</translation>
    </message>
    <message>
        <source>is %1; allowed: 1 to %2, the training samples</source>
        <translation>ist %1; erlaubt: 1 bis %2, die Zahl der Trainingsbeispiele</translation>
    </message>
    <message>
        <source>is %1; allowed: %2, the batch it grows from, to %3, the training samples</source>
        <translation>ist %1; erlaubt: %2, der Batch am Anfang, bis %3, die Zahl der Trainingsbeispiele</translation>
    </message>
    <message>
        <source>is %1, which takes %2 MiB for this network&apos;s activations and gradients; allowed: %3 MiB</source>
        <translation>ist %1, was für Aktivierungen und Gradienten dieses Netzes %2 MiB braucht; erlaubt: %3 MiB</translation>
    </message>
    <message>
        <source>is %1, over 1e9 steps of training; allowed: up to %2</source>
        <translation>ist %1, mehr als 1e9 Trainingsschritte; erlaubt: bis zu %2</translation>
    </message>
    <message>
        <source>is for runs of up to %1 steps; this one has %2</source>
        <translation>ist für Läufe von bis zu %1 Schritten; dieser hat %2</translation>
    </message>
    <message>
        <source>has no layers; expected at least a dense layer of 10 units</source>
        <translation>hat keine Schichten; erwartet: wenigstens eine Schicht „dense“ mit 10 Einheiten</translation>
    </message>
    <message>
        <source>has %1 layers; allowed: %2</source>
        <translation>hat %1 Schichten; erlaubt: %2</translation>
    </message>
    <message>
        <source>is dense on an image of %1 with %2 channels; put a flatten before it</source>
        <translation>ist „dense“ auf einem Bild von %1 mit %2 Kanälen; davor gehört ein „flatten“</translation>
    </message>
    <message>
        <source>has a kernel of %1, but only %2 is left of the image</source>
        <translation>hat einen Kern von %1, vom Bild sind aber nur noch %2 übrig</translation>
    </message>
    <message>
        <source>pools %1, but only %2 is left of the image: nothing would remain</source>
        <translation>fasst %1 zusammen, vom Bild sind aber nur noch %2 übrig: Es bliebe nichts</translation>
    </message>
    <message>
        <source>brings the network to %1 MiB of weights; allowed: 1024 MiB</source>
        <translation>bringt das Netz auf %1 MiB Gewichte; erlaubt: 1024 MiB</translation>
    </message>
    <message>
        <source>is %1; the last layer has to be dense with 10 units (the softmax belongs to the loss)</source>
        <translation>ist %1; die letzte Schicht muss „dense“ mit 10 Einheiten sein (Softmax gehört zum Verlust)</translation>
    </message>
    <message>
        <source>is %1; the last layer needs 10 units, one a class</source>
        <translation>ist %1; die letzte Schicht braucht 10 Einheiten, eine je Klasse</translation>
    </message>
    <message>
        <source>“%1” is no layer; known: %2</source>
        <translation>„%1“ ist keine Schicht; bekannt: %2</translation>
    </message>
    <message>
        <source>%1 needs its %2, as in “%3”</source>
        <translation>%1 braucht %2, wie in „%3“</translation>
    </message>
    <message>
        <source>“%1” is not the %2 of %3; allowed: %4</source>
        <translation>„%1“ taugt bei %3 nicht als %2; erlaubt: %4</translation>
    </message>
    <message>
        <source>%1 takes no “%2”; expected “%3”</source>
        <translation>%1 kennt kein „%2“; erwartet: „%3“</translation>
    </message>
    <message>
        <source>is not a folder; expected one with the four IDX files of MNIST&apos;s kind</source>
        <translation>ist kein Ordner; erwartet: einer mit den vier IDX-Dateien nach Art von MNIST</translation>
    </message>
    <message>
        <source>is not on this machine; Debian and Ubuntu have it as the package dataset-fashion-mnist (sudo apt install dataset-fashion-mnist)</source>
        <translation>ist auf diesem Rechner nicht vorhanden; Debian und Ubuntu haben es als Paket dataset-fashion-mnist (sudo apt install dataset-fashion-mnist)</translation>
    </message>
    <message>
        <source>holds neither %1 nor %2</source>
        <translation>enthält weder %1 noch %2</translation>
    </message>
    <message>
        <source>holds %1 labels for the %2 images of %3</source>
        <translation>enthält %1 Labels zu den %2 Bildern von %3</translation>
    </message>
    <message>
        <source>its images are %1, those of the training set %2</source>
        <translation>die Bilder sind %1 groß, die der Trainingsmenge %2</translation>
    </message>
    <message>
        <source>is a folder; expected an IDX file, raw or .gz</source>
        <translation>ist ein Ordner; erwartet: eine IDX-Datei, roh oder .gz</translation>
    </message>
    <message>
        <source>ends inside its header (magic number); expected an IDX file, raw or .gz</source>
        <translation>endet im Kopf (magische Zahl); erwartet: eine IDX-Datei, roh oder .gz</translation>
    </message>
    <message>
        <source>ends inside its header (count); expected an IDX file, raw or .gz</source>
        <translation>endet im Kopf (Anzahl); erwartet: eine IDX-Datei, roh oder .gz</translation>
    </message>
    <message>
        <source>ends inside its header (rows); expected an IDX file, raw or .gz</source>
        <translation>endet im Kopf (Zeilen); erwartet: eine IDX-Datei, roh oder .gz</translation>
    </message>
    <message>
        <source>ends inside its header (columns); expected an IDX file, raw or .gz</source>
        <translation>endet im Kopf (Spalten); erwartet: eine IDX-Datei, roh oder .gz</translation>
    </message>
    <message>
        <source>is cut short: its header promises %1 bytes of data, it holds %2</source>
        <translation>ist abgeschnitten: Der Kopf verspricht %1 Bytes Daten, es sind %2</translation>
    </message>
    <message>
        <source>is cut short: the gzip data ends before its end mark</source>
        <translation>ist abgeschnitten: Die gzip-Daten enden vor ihrer Endmarke</translation>
    </message>
    <message>
        <source>is longer than its header says (%1 bytes of data)</source>
        <translation>ist länger, als der Kopf angibt (%1 Bytes Daten)</translation>
    </message>
    <message>
        <source>has magic number %1; expected %2 (IDX images of unsigned bytes)</source>
        <translation>hat die magische Zahl %1; erwartet: %2 (IDX-Bilder aus vorzeichenlosen Bytes)</translation>
    </message>
    <message>
        <source>has magic number %1; expected %2 (IDX labels of unsigned bytes)</source>
        <translation>hat die magische Zahl %1; erwartet: %2 (IDX-Labels aus vorzeichenlosen Bytes)</translation>
    </message>
    <message>
        <source>says it holds %1 samples; allowed: 1 to %2</source>
        <translation>gibt %1 Beispiele an; erlaubt: 1 bis %2</translation>
    </message>
    <message>
        <source>says its images are %1; allowed: sides of 1 to %2 and 1 GiB in all</source>
        <translation>gibt Bilder von %1 an; erlaubt: Seiten von 1 bis %2 und insgesamt 1 GiB</translation>
    </message>
    <message>
        <source>label %1 is %2; allowed: 0 to 9</source>
        <translation>Label %1 ist %2; erlaubt: 0 bis 9</translation>
    </message>
    <message>
        <source>holds no weights named “%1”, which this network has</source>
        <translation>enthält keine Gewichte namens „%1“, die dieses Netz hat</translation>
    </message>
    <message>
        <source>“%1” is %2; this network&apos;s is %3</source>
        <translation>„%1“ ist %2; in diesem Netz: %3</translation>
    </message>
    <message>
        <source>“%1” is %2; this network&apos;s is %3 (new_head would begin the last layer anew)</source>
        <translation>„%1“ ist %2; in diesem Netz: %3 (new_head würde die letzte Schicht neu beginnen)</translation>
    </message>
    <message>
        <source>holds weights that are not finite numbers</source>
        <translation>enthält Gewichte, die keine endlichen Zahlen sind</translation>
    </message>
    <message>
        <source>is %1 MiB large, far more than the weights of this network</source>
        <translation>ist %1 MiB groß, weit mehr als die Gewichte dieses Netzes</translation>
    </message>
    <message>
        <source>the weights of “%1” are not in the study any more</source>
        <translation>die Gewichte von „%1“ sind nicht mehr in der Studie</translation>
    </message>
    <message>
        <source>the study cannot be written, so the run&apos;s weights are not at hand</source>
        <translation>die Studie lässt sich nicht schreiben, daher sind die Gewichte des Laufs nicht zur Hand</translation>
    </message>
    <message>
        <source>is a folder; expected a safetensors file</source>
        <translation>ist ein Ordner; erwartet: eine safetensors-Datei</translation>
    </message>
    <message>
        <source>is not a regular file; expected a safetensors file</source>
        <translation>ist keine gewöhnliche Datei; erwartet: eine safetensors-Datei</translation>
    </message>
    <message>
        <source>is %1 bytes long; allowed: up to %2</source>
        <translation>ist %1 Bytes lang; erlaubt: bis zu %2</translation>
    </message>
    <message>
        <source>is %1 bytes long; expected a safetensors file, which starts with the length of its header in 8 bytes</source>
        <translation>ist %1 Bytes lang; erwartet: eine safetensors-Datei, die mit der Länge ihres Kopfes in 8 Bytes beginnt</translation>
    </message>
    <message>
        <source>gives the length of its header as %1 bytes; expected a safetensors file, with a header of up to %2 bytes (1 MiB)</source>
        <translation>gibt die Länge des Kopfes mit %1 Bytes an; erwartet: eine safetensors-Datei mit einem Kopf von bis zu %2 Bytes (1 MiB)</translation>
    </message>
    <message>
        <source>is cut short: its header takes %1 bytes, it holds %2</source>
        <translation>ist abgeschnitten: Der Kopf braucht %1 Bytes, es sind %2</translation>
    </message>
    <message>
        <source>is cut short: its tensors take %1 bytes, it holds %2</source>
        <translation>ist abgeschnitten: Die Tensoren brauchen %1 Bytes, es sind %2</translation>
    </message>
    <message>
        <source>is longer than its header says: its tensors take %1 bytes, it holds %2</source>
        <translation>ist länger, als der Kopf angibt: Die Tensoren brauchen %1 Bytes, es sind %2</translation>
    </message>
    <message>
        <source>has a header that does not start with {; expected a safetensors file, with a header in JSON</source>
        <translation>hat einen Kopf, der nicht mit { beginnt; erwartet: eine safetensors-Datei mit einem Kopf in JSON</translation>
    </message>
    <message>
        <source>has a header that is not valid JSON in UTF-8, from byte %1 of it on</source>
        <translation>hat einen Kopf, der ab seinem Byte %1 kein gültiges JSON in UTF-8 ist</translation>
    </message>
    <message>
        <source>has a tensor with an empty name; expected a name for each tensor</source>
        <translation>hat einen Tensor mit leerem Namen; erwartet: ein Name für jeden Tensor</translation>
    </message>
    <message>
        <source>has %1 twice; expected names that differ</source>
        <translation>hat %1 doppelt; erwartet: verschiedene Namen</translation>
    </message>
    <message>
        <source>__metadata__ is %1; expected an object of texts</source>
        <translation>__metadata__ ist %1; erwartet: ein Objekt aus Texten</translation>
    </message>
    <message>
        <source>__metadata__ holds %1; expected an object of texts</source>
        <translation>__metadata__ enthält %1; erwartet: ein Objekt aus Texten</translation>
    </message>
    <message>
        <source>__metadata__ has the key %1 twice; expected it once</source>
        <translation>__metadata__ hat den Schlüssel %1 doppelt; erwartet: einmal</translation>
    </message>
    <message>
        <source>tensor %1 is %2; expected an object with dtype, shape and data_offsets</source>
        <translation>Tensor %1 ist %2; erwartet: ein Objekt mit dtype, shape und data_offsets</translation>
    </message>
    <message>
        <source>tensor %1 is of type %2; allowed: F32, F64, F16, BF16</source>
        <translation>Tensor %1 ist vom Typ %2; erlaubt: F32, F64, F16, BF16</translation>
    </message>
    <message>
        <source>tensor %1 has no %2; expected dtype, shape and data_offsets</source>
        <translation>Tensor %1 hat kein %2; erwartet: dtype, shape und data_offsets</translation>
    </message>
    <message>
        <source>tensor %1 has the unknown key %2; expected dtype, shape and data_offsets</source>
        <translation>Tensor %1 hat den unbekannten Schlüssel %2; erwartet: dtype, shape und data_offsets</translation>
    </message>
    <message>
        <source>tensor %1 has the key %2 twice; expected it once</source>
        <translation>Tensor %1 hat den Schlüssel %2 doppelt; erwartet: einmal</translation>
    </message>
    <message>
        <source>tensor %1: its shape holds %2; expected up to %3 whole numbers from 0 to %4</source>
        <translation>Tensor %1: shape enthält %2; erwartet: bis zu %3 ganze Zahlen von 0 bis %4</translation>
    </message>
    <message>
        <source>tensor %1: its data_offsets hold %2; expected two whole numbers, the begin and the end</source>
        <translation>Tensor %1: data_offsets enthält %2; erwartet: zwei ganze Zahlen, Anfang und Ende</translation>
    </message>
    <message>
        <source>tensor %1: its %2 is %3; expected a text</source>
        <translation>Tensor %1: %2 ist %3; erwartet: ein Text</translation>
    </message>
    <message>
        <source>tensor %1: its %2 is %3; expected an array</source>
        <translation>Tensor %1: %2 ist %3; erwartet: ein Array</translation>
    </message>
    <message>
        <source>tensor %1 of shape %2 is too large; allowed: %3 values in all tensors together (1 GiB as F32)</source>
        <translation>Tensor %1 der Form %2 ist zu groß; erlaubt: %3 Werte in allen Tensoren zusammen (1 GiB als F32)</translation>
    </message>
    <message>
        <source>tensor %1 has data_offsets %2; expected %3 bytes for its shape %4 of %5</source>
        <translation>Tensor %1 hat die data_offsets %2; erwartet: %3 Bytes für die Form %4 aus %5</translation>
    </message>
    <message>
        <source>tensor %1 overlaps another: it begins at byte %2 of the data; expected %3, %4</source>
        <translation>Tensor %1 überlappt einen anderen: Er beginnt bei Byte %2 der Daten; erwartet: %3, %4</translation>
    </message>
    <message>
        <source>tensor %1 follows a hole: it begins at byte %2 of the data; expected %3, %4</source>
        <translation>Tensor %1 folgt auf eine Lücke: Er beginnt bei Byte %2 der Daten; erwartet: %3, %4</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>gibt es nicht</translation>
    </message>
    <message>
        <source>is a folder; expected a file</source>
        <translation>ist ein Ordner; erwartet: eine Datei</translation>
    </message>
    <message>
        <source>is not an ordinary file</source>
        <translation>ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>is over %1 MiB large; allowed: %2 MiB</source>
        <translation>ist über %1 MiB groß; erlaubt: %2 MiB</translation>
    </message>
    <message>
        <source>cannot be opened: %1</source>
        <translation>lässt sich nicht öffnen: %1</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>cannot be written: %1</source>
        <translation>lässt sich nicht schreiben: %1</translation>
    </message>
    <message>
        <source>could not be saved (%1)</source>
        <translation>ließ sich nicht speichern (%1)</translation>
    </message>
    <message>
        <source>is empty; expected an experiment, JSON such as %1</source>
        <translation>ist leer; erwartet: ein Experiment, JSON wie %1</translation>
    </message>
    <message>
        <source>line %1, column %2: is not JSON; expected an object such as %3</source>
        <translation>Zeile %1, Spalte %2: ist kein JSON; erwartet: ein Objekt wie %3</translation>
    </message>
    <message>
        <source>cannot be read as JSON: %1</source>
        <translation>lässt sich nicht als JSON lesen: %1</translation>
    </message>
    <message>
        <source>is nested deeper than %1 levels</source>
        <translation>ist tiefer als %1 Ebenen geschachtelt</translation>
    </message>
    <message>
        <source>is one of more than %1 keys in one object</source>
        <translation>ist einer von mehr als %1 Schlüsseln in einem Objekt</translation>
    </message>
    <message>
        <source>the key is given twice; expected once</source>
        <translation>der Schlüssel steht doppelt da; erwartet: einmal</translation>
    </message>
    <message>
        <source>is not a key that is known here; allowed: %1</source>
        <translation>ist kein Schlüssel, der hier bekannt ist; erlaubt: %1</translation>
    </message>
    <message>
        <source>is %1; expected an object {…}</source>
        <translation>ist %1; erwartet: ein Objekt {…}</translation>
    </message>
    <message>
        <source>is %1; expected a list […]</source>
        <translation>ist %1; erwartet: eine Liste […]</translation>
    </message>
    <message>
        <source>is %1; expected a text in quotes</source>
        <translation>ist %1; erwartet: ein Text in Anführungszeichen</translation>
    </message>
    <message>
        <source>is %1; expected true or false</source>
        <translation>ist %1; erwartet: true oder false</translation>
    </message>
    <message>
        <source>is %1; expected a number</source>
        <translation>ist %1; erwartet: eine Zahl</translation>
    </message>
    <message>
        <source>is %1; expected a whole number from %2 to %3</source>
        <translation>ist %1; erwartet: eine ganze Zahl von %2 bis %3</translation>
    </message>
    <message>
        <source>is %1; expected a preset&apos;s name or a list of layers</source>
        <translation>ist %1; erwartet: der Name einer Vorlage oder eine Liste von Schichten</translation>
    </message>
    <message>
        <source>holds %1 numbers; allowed: at most %2</source>
        <translation>enthält %1 Zahlen; erlaubt: höchstens %2</translation>
    </message>
    <message>
        <source>holds %1 numbers; expected two, beta1 and beta2</source>
        <translation>enthält %1 Zahlen; erwartet: zwei, beta1 und beta2</translation>
    </message>
    <message>
        <source>stands beside beta1 or beta2; give one or the other</source>
        <translation>steht neben beta1 oder beta2; es gilt nur das eine oder das andere</translation>
    </message>
    <message>
        <source>stands beside epochs; a run has one or the other</source>
        <translation>steht neben epochs; ein Lauf hat nur das eine oder das andere</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is missing; an experiment says &quot;ratescope&quot;: 1</source>
        <translation>fehlt; in einem Experiment steht &quot;ratescope&quot;: 1</translation>
    </message>
    <message>
        <source>is missing; expected a list of runs</source>
        <translation>fehlt; erwartet: eine Liste von Läufen</translation>
    </message>
    <message>
        <source>is missing; each run has a name of its own</source>
        <translation>fehlt; jeder Lauf hat seinen eigenen Namen</translation>
    </message>
    <message>
        <source>is not a default; each run has a name of its own</source>
        <translation>taugt nicht als Vorgabe; jeder Lauf hat seinen eigenen Namen</translation>
    </message>
    <message>
        <source>holds %1 runs; allowed: 1 to %2</source>
        <translation>enthält %1 Läufe; erlaubt: 1 bis %2</translation>
    </message>
    <message>
        <source>is “%1”, as that of %2; names are unique in a file</source>
        <translation>ist „%1“ wie bei %2; Namen sind in einer Datei eindeutig</translation>
    </message>
    <message>
        <source>is “%1”; no run of this file has that name</source>
        <translation>ist „%1“; kein Lauf dieser Datei heißt so</translation>
    </message>
    <message>
        <source>is “%1”, a range test, which leaves no weights</source>
        <translation>ist „%1“, ein Lernratentest, der keine Gewichte hinterlässt</translation>
    </message>
    <message>
        <source>makes a circle: %1</source>
        <translation>führt im Kreis: %1</translation>
    </message>
    <message>
        <source>is %1, which is not a file that is there</source>
        <translation>ist %1; diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>is a picture without Ratescope&apos;s runs in it; expected a PNG, SVG or PDF that Ratescope exported</source>
        <translation>ist ein Bild ohne Läufe von Ratescope; erwartet: PNG, SVG oder PDF, von Ratescope exportiert</translation>
    </message>
    <message>
        <source>holds an experiment over %1 MiB; allowed: %2 MiB</source>
        <translation>enthält ein Experiment von über %1 MiB; erlaubt: %2 MiB</translation>
    </message>
    <message>
        <source>is damaged: the experiment in it is not UTF-8</source>
        <translation>ist beschädigt: Das Experiment darin ist nicht in UTF-8</translation>
    </message>
    <message>
        <source>is a damaged PNG: %1</source>
        <translation>ist ein beschädigtes PNG: %1</translation>
    </message>
    <message>
        <source>is a damaged SVG: %1</source>
        <translation>ist ein beschädigtes SVG: %1</translation>
    </message>
    <message>
        <source>is a damaged PDF: %1</source>
        <translation>ist ein beschädigtes PDF: %1</translation>
    </message>
    <message>
        <source>is a folder; expected a study</source>
        <translation>ist ein Ordner; erwartet: eine Studie</translation>
    </message>
    <message>
        <source>is not a study (no SQLite database)</source>
        <translation>ist keine Studie (keine SQLite-Datenbank)</translation>
    </message>
    <message>
        <source>is an SQLite database, but not a study of Ratescope&apos;s</source>
        <translation>ist eine SQLite-Datenbank, aber keine Studie von Ratescope</translation>
    </message>
    <message>
        <source>is a study of format %1; this program reads formats %2 to %3</source>
        <translation>ist eine Studie im Format %1; dieses Programm liest die Formate %2 bis %3</translation>
    </message>
    <message>
        <source>is damaged (SQLite finds its pages malformed)</source>
        <translation>ist beschädigt (SQLite findet fehlerhafte Seiten)</translation>
    </message>
    <message>
        <source>is locked by another program; close it there or save elsewhere</source>
        <translation>ist von einem anderen Programm gesperrt; dort schließen oder woanders speichern</translation>
    </message>
    <message>
        <source>cannot be written: the disk is full; make room or save elsewhere</source>
        <translation>lässt sich nicht schreiben: Der Datenträger ist voll; Platz schaffen oder woanders speichern</translation>
    </message>
    <message>
        <source>cannot be written: the file or its folder is read-only; save elsewhere</source>
        <translation>lässt sich nicht schreiben: Die Datei oder ihr Ordner ist schreibgeschützt; woanders speichern</translation>
    </message>
    <message>
        <source>cannot be opened: it or its folder does not exist or may not be read</source>
        <translation>lässt sich nicht öffnen: Die Datei oder ihr Ordner fehlt oder darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>SQLite says: %1</source>
        <translation>SQLite meldet: %1</translation>
    </message>
    <message>
        <source>run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
    <message>
        <source>run %1 has the unknown state “%2”</source>
        <translation>Lauf %1 hat den unbekannten Zustand „%2“</translation>
    </message>
    <message>
        <source>run %1 has a length that is out of range</source>
        <translation>Lauf %1 hat eine Länge außerhalb des Erlaubten</translation>
    </message>
    <message>
        <source>run %1 has a length that does not fit its growing batch</source>
        <translation>Lauf %1 hat eine Länge, die nicht zu seinem wachsenden Batch passt</translation>
    </message>
    <message>
        <source>run %1 has samples of an epoch that do not fit its configuration</source>
        <translation>Lauf %1 hat eine Zahl von Beispielen je Epoche, die nicht zu seiner Konfiguration passt</translation>
    </message>
    <message>
        <source>run %1 has a result that is not finite</source>
        <translation>Lauf %1 hat ein Ergebnis, das nicht endlich ist</translation>
    </message>
    <message>
        <source>run %1 has a snapshot whose score is not finite</source>
        <translation>Lauf %1 hat eine Momentaufnahme, deren Ergebnis nicht endlich ist</translation>
    </message>
    <message>
        <source>run %1 has a value that is not finite at step %2</source>
        <translation>Lauf %1 hat bei Schritt %2 einen Wert, der nicht endlich ist</translation>
    </message>
    <message>
        <source>run %1 has a value that is not finite at epoch %2</source>
        <translation>Lauf %1 hat bei Epoche %2 einen Wert, der nicht endlich ist</translation>
    </message>
    <message>
        <source>run %1 has more steps than its length, %2</source>
        <translation>Lauf %1 hat mehr Schritte als seine Länge, %2</translation>
    </message>
    <message>
        <source>run %1 lacks step %2</source>
        <translation>Lauf %1 fehlt Schritt %2</translation>
    </message>
    <message>
        <source>The program ended while this run was going on.</source>
        <translation>Das Programm wurde beendet, während dieser Lauf noch ging.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>eines von %1</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a number above %1</source>
        <translation>eine Zahl über %1</translation>
    </message>
    <message>
        <source>a number above %1 and at most %2</source>
        <translation>eine Zahl über %1 und höchstens %2</translation>
    </message>
    <message>
        <source>a number from %1 on</source>
        <translation>eine Zahl ab %1</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>eine Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a number from 0 (frozen) to 1e6</source>
        <translation>eine Zahl von 0 (eingefroren) bis 1e6</translation>
    </message>
    <message>
        <source>a number up to %1</source>
        <translation>eine Zahl bis %1</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a whole number above %1</source>
        <translation>eine ganze Zahl über %1</translation>
    </message>
    <message>
        <source>a whole number above %1 and at most %2</source>
        <translation>eine ganze Zahl über %1 und höchstens %2</translation>
    </message>
    <message>
        <source>a whole number from %1 on</source>
        <translation>eine ganze Zahl ab %1</translation>
    </message>
    <message>
        <source>a whole number of epochs from 1 on</source>
        <translation>eine ganze Zahl von Epochen ab 1</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a whole number up to %1</source>
        <translation>eine ganze Zahl bis %1</translation>
    </message>
    <message>
        <source>a rate above 0 and at most 1e6</source>
        <translation>eine Rate über 0 und höchstens 1e6</translation>
    </message>
    <message>
        <source>a rate above “from” and at most 1e6</source>
        <translation>eine Rate über „from“ und höchstens 1e6</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>ein Array</translation>
    </message>
    <message>
        <source>a single number</source>
        <translation>eine einzelne Zahl</translation>
    </message>
    <message>
        <source>the number %1</source>
        <translation>die Zahl %1</translation>
    </message>
    <message>
        <source>the text %1</source>
        <translation>Text %1</translation>
    </message>
    <message>
        <source>more numbers</source>
        <translation>mehr Zahlen</translation>
    </message>
    <message>
        <source>fewer numbers</source>
        <translation>weniger Zahlen</translation>
    </message>
    <message>
        <source>tensor %1</source>
        <translation>Tensor %1</translation>
    </message>
    <message>
        <source>the start</source>
        <translation>der Anfang</translation>
    </message>
    <message>
        <source>the end of tensor %1</source>
        <translation>das Ende von Tensor %1</translation>
    </message>
    <message>
        <source>damaged gzip data (%1)</source>
        <translation>beschädigte gzip-Daten (%1)</translation>
    </message>
    <message>
        <source>its size is not known</source>
        <translation>die Größe ist nicht bekannt</translation>
    </message>
    <message>
        <source>it ends before the %1 bytes that it had when it was opened</source>
        <translation>sie endet vor den %1 Bytes, die sie beim Öffnen hatte</translation>
    </message>
    <message>
        <source>it is cut short</source>
        <translation>es ist abgeschnitten</translation>
    </message>
    <message>
        <source>it is cut short after byte %1</source>
        <translation>es ist nach Byte %1 abgeschnitten</translation>
    </message>
    <message>
        <source>the chunk at byte %1 has %2 bytes, which go beyond its end</source>
        <translation>der Block bei Byte %1 hat %2 Bytes, die über das Ende hinausgehen</translation>
    </message>
    <message>
        <source>the chunk at byte %1 has a wrong checksum</source>
        <translation>der Block bei Byte %1 hat eine falsche Prüfsumme</translation>
    </message>
    <message>
        <source>the compressed experiment ends early</source>
        <translation>das komprimierte Experiment endet zu früh</translation>
    </message>
    <message>
        <source>the experiment cannot be uncompressed</source>
        <translation>das Experiment lässt sich nicht entpacken</translation>
    </message>
    <message>
        <source>the experiment is compressed by method %1; expected 0</source>
        <translation>das Experiment ist nach Methode %1 komprimiert; erwartet: 0</translation>
    </message>
    <message>
        <source>the experiment&apos;s chunk is too short</source>
        <translation>der Block des Experiments ist zu kurz</translation>
    </message>
    <message>
        <source>what begins at byte %1 has no end</source>
        <translation>was bei Byte %1 beginnt, hat kein Ende</translation>
    </message>
    <message>
        <source>the bracket at byte %1 begins no tag</source>
        <translation>die Klammer bei Byte %1 beginnt kein Tag</translation>
    </message>
    <message>
        <source>the tag at byte %1 closes what is not open</source>
        <translation>das Tag bei Byte %1 schließt, was nicht offen ist</translation>
    </message>
    <message>
        <source>there are tags inside the experiment</source>
        <translation>im Experiment stehen Tags</translation>
    </message>
    <message>
        <source>the experiment in it is not XML text: %1</source>
        <translation>das Experiment darin ist kein XML-Text: %1</translation>
    </message>
    <message>
        <source>the experiment in it is cut short</source>
        <translation>das Experiment darin ist abgeschnitten</translation>
    </message>
    <message>
        <source>the experiment in it is not UTF-16</source>
        <translation>das Experiment darin ist nicht in UTF-16</translation>
    </message>
    <message>
        <source>the experiment&apos;s text has a digit that is none, before byte %1</source>
        <translation>im Text des Experiments steht vor Byte %1 eine Ziffer, die keine ist</translation>
    </message>
    <message>
        <source>An even way down; a safe choice where the length is known. From low to high it is a warm-up.</source>
        <translation>Gleichmäßig hinab; eine sichere Wahl, wenn die Länge feststeht. Von niedrig nach hoch ist es ein Aufwärmen.</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>Polynomiell</translation>
    </message>
    <message>
        <source>end + (lr − end)·(1 − min(t/length, 1))^power</source>
        <translation>end + (lr − end)·(1 − min(t/length, 1))^power</translation>
    </message>
    <message>
        <source>Linear with a bend: a power above 1 falls early and ends gently, one below 1 holds on.</source>
        <translation>Linear mit einem Bogen: Ein Exponent über 1 fällt früh und endet sanft, einer unter 1 hält lange aus.</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Exponent</translation>
    </message>
    <message>
        <source>How the way down is bent; 1 is straight.</source>
        <translation>Wie der Weg hinab gebogen ist; 1 ist gerade.</translation>
    </message>
    <message>
        <source>Milestones</source>
        <translation>Meilensteine</translation>
    </message>
    <message>
        <source>lr·factor^(number of milestones ≤ t)</source>
        <translation>lr·factor^(Zahl der Meilensteine ≤ t)</translation>
    </message>
    <message>
        <source>Drops at times of your own, as the papers on image networks have them.</source>
        <translation>Stufen zu selbst gewählten Zeiten, wie in den Arbeiten über Bildnetze.</translation>
    </message>
    <message>
        <source>The times of the drops, such as 30, 60, 80.</source>
        <translation>Die Zeiten der Stufen, etwa 30, 60, 80.</translation>
    </message>
    <message>
        <source>Slow, then fast, then slow: hard to beat where the length of training is fixed.</source>
        <translation>Langsam, dann schnell, dann langsam: schwer zu schlagen, wenn die Länge des Trainings feststeht.</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>Ein Zyklus</translation>
    </message>
    <message>
        <source>up from max_lr/start_div to max_lr, down to max_lr/start_div/end_div</source>
        <translation>von max_lr/start_div hinauf zu max_lr, hinab zu max_lr/start_div/end_div</translation>
    </message>
    <message>
        <source>Up to a rate that would not hold for long, and far down: often the shortest way to a good network.</source>
        <translation>Hinauf zu einer Rate, die nicht lange gut ginge, und weit hinab: oft der kürzeste Weg zu einem guten Netz.</translation>
    </message>
    <message>
        <source>Peak rate</source>
        <translation>Höchste Rate</translation>
    </message>
    <message>
        <source>The rate at the peak.</source>
        <translation>Die Rate am höchsten Punkt.</translation>
    </message>
    <message>
        <source>Rise</source>
        <translation>Anstieg</translation>
    </message>
    <message>
        <source>The share of the length that goes up.</source>
        <translation>Der Anteil der Länge, in dem es hinaufgeht.</translation>
    </message>
    <message>
        <source>Start divisor</source>
        <translation>Startteiler</translation>
    </message>
    <message>
        <source>The peak divided by this is where it starts.</source>
        <translation>Die höchste Rate geteilt durch diese Zahl ist der Anfang.</translation>
    </message>
    <message>
        <source>End divisor</source>
        <translation>Endteiler</translation>
    </message>
    <message>
        <source>The start divided by this is where it ends.</source>
        <translation>Der Anfang geteilt durch diese Zahl ist das Ende.</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>How it goes up and down.</source>
        <translation>Wie es hinauf- und hinabgeht.</translation>
    </message>
    <message>
        <source>Inverse square root</source>
        <translation>Inverse Wurzel</translation>
    </message>
    <message>
        <source>lr·t&apos;/warmup, then lr·√(warmup/t&apos;), t&apos; = t + 1</source>
        <translation>lr·t&apos;/warmup, dann lr·√(warmup/t&apos;), t&apos; = t + 1</translation>
    </message>
    <message>
        <source>A warm-up and a long slow fall that needs no end: what transformers were first trained with.</source>
        <translation>Ein Aufwärmen und ein langes langsames Fallen, das kein Ende braucht: Damit wurden die ersten Transformer trainiert.</translation>
    </message>
    <message>
        <source>The rate at the end of the warm-up.</source>
        <translation>Die Rate am Ende des Aufwärmens.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>How long the rate rises.</source>
        <translation>Wie lange die Rate steigt.</translation>
    </message>
    <message>
        <source>Warm-up, stable, decay</source>
        <translation>Aufwärmen, halten, abklingen</translation>
    </message>
    <message>
        <source>lr·t/warmup, then lr, then down over the last decay</source>
        <translation>lr·t/warmup, dann lr, dann über das letzte decay hinab</translation>
    </message>
    <message>
        <source>A trapezium: from the flat part a run can be forked and brought down at any time.</source>
        <translation>Ein Trapez: Vom flachen Teil aus lässt sich ein Lauf jederzeit abzweigen und zu Ende bringen.</translation>
    </message>
    <message>
        <source>The rate of the flat part.</source>
        <translation>Die Rate des flachen Teils.</translation>
    </message>
    <message>
        <source>How long the rate rises, from 0.</source>
        <translation>Wie lange die Rate steigt, von 0 an.</translation>
    </message>
    <message>
        <source>How long the rate falls, at the end.</source>
        <translation>Wie lange die Rate am Ende fällt.</translation>
    </message>
    <message>
        <source>How it falls: evenly, gently, or first fast (1 − √x).</source>
        <translation>Wie sie fällt: gleichmäßig, sanft oder erst schnell (1 − √x).</translation>
    </message>
    <message>
        <source>Plateau</source>
        <translation>Plateau</translation>
    </message>
    <message>
        <source>lr·factor^(number of plateaus so far)</source>
        <translation>lr·factor^(Zahl der Plateaus bisher)</translation>
    </message>
    <message>
        <source>Waits until a figure stops to get better, and only then goes on with a lower rate.</source>
        <translation>Wartet, bis eine Kennzahl nicht mehr besser wird, und macht erst dann mit einer niedrigeren Rate weiter.</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>The epochs&apos; figure that it watches.</source>
        <translation>Die Kennzahl der Epochen, auf die geachtet wird.</translation>
    </message>
    <message>
        <source>What each plateau multiplies the rate by.</source>
        <translation>Womit jedes Plateau die Rate malnimmt.</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Epochs without progress that it puts up with.</source>
        <translation>So viele Epochen ohne Fortschritt werden hingenommen.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>What counts as progress, relative to the best figure so far.</source>
        <translation>Was als Fortschritt zählt, gemessen am besten Wert bisher.</translation>
    </message>
    <message>
        <source>Cool-down</source>
        <translation>Abkühlung</translation>
    </message>
    <message>
        <source>Epochs after a change in which it does not count.</source>
        <translation>Epochen nach einer Änderung, in denen nicht gezählt wird.</translation>
    </message>
    <message>
        <source>Lowest rate</source>
        <translation>Niedrigste Rate</translation>
    </message>
    <message>
        <source>The rate does not go below this.</source>
        <translation>Tiefer geht die Rate nicht.</translation>
    </message>
    <message>
        <source>Raise factor</source>
        <translation>Anhebung</translation>
    </message>
    <message>
        <source>Instead of falling, the rate rises by this factor where progress stalls.</source>
        <translation>Statt zu fallen, steigt die Rate um diesen Faktor, wenn der Fortschritt stockt.</translation>
    </message>
    <message>
        <source>Halving</source>
        <translation>Halbieren</translation>
    </message>
    <message>
        <source>lr/2^(times that the loss ran away)</source>
        <translation>lr/2^(wie oft der Verlust davonlief)</translation>
    </message>
    <message>
        <source>Starts large; where the loss runs away it goes back to the first weights with half the rate, until it holds.</source>
        <translation>Beginnt groß; läuft der Verlust davon, geht es mit der halben Rate zurück zu den ersten Gewichten, bis es hält.</translation>
    </message>
    <message>
        <source>First rate</source>
        <translation>Erste Rate</translation>
    </message>
    <message>
        <source>The rate that it tries first; rather too large.</source>
        <translation>Die Rate, die zuerst versucht wird; lieber zu groß.</translation>
    </message>
    <message>
        <source>Steps that a rate has to hold; then it stays.</source>
        <translation>So viele Schritte muss eine Rate halten; dann bleibt sie.</translation>
    </message>
    <message>
        <source>Drawn by hand</source>
        <translation>Von Hand gezeichnet</translation>
    </message>
    <message>
        <source>from handle to handle</source>
        <translation>von Griff zu Griff</translation>
    </message>
    <message>
        <source>Handles on the rate plot: add, drag and delete them, also while the run goes on.</source>
        <translation>Griffe im Diagramm der Rate: hinzufügen, ziehen und löschen, auch während der Lauf weitergeht.</translation>
    </message>
    <message>
        <source>Handles</source>
        <translation>Griffe</translation>
    </message>
    <message>
        <source>Time and rate of each handle.</source>
        <translation>Zeit und Rate jedes Griffs.</translation>
    </message>
    <message>
        <source>Between them</source>
        <translation>Dazwischen</translation>
    </message>
    <message>
        <source>Jumps, straight lines, straight lines on a log axis, or a smooth curve.</source>
        <translation>Sprünge, Geraden, Geraden auf logarithmischer Achse oder eine glatte Kurve.</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>what you write, of t, T, epoch and lr</source>
        <translation>was man schreibt, aus t, T, epoch und lr</translation>
    </message>
    <message>
        <source>Any rule that can be written down: t is the time, T the run&apos;s length, epoch the epoch&apos;s index.</source>
        <translation>Jede Regel, die sich aufschreiben lässt: t ist die Zeit, T die Länge des Laufs, epoch die Nummer der Epoche.</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>Of t, T, epoch and lr, with + − * / ^, comparisons, ?:, sqrt, exp, log, sin, cos, min, max, floor, mod and pi.</source>
        <translation>Aus t, T, epoch und lr, mit + − * / ^, Vergleichen, ?:, sqrt, exp, log, sin, cos, min, max, floor, mod und pi.</translation>
    </message>
    <message>
        <source>What “lr” stands for in the expression.</source>
        <translation>Wofür „lr“ im Ausdruck steht.</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Abfolge</translation>
    </message>
    <message>
        <source>one schedule after the other, each from its own t = 0</source>
        <translation>ein Plan nach dem anderen, jeder von seinem eigenen t = 0 an</translation>
    </message>
    <message>
        <source>A warm-up before anything else, or any other chain of schedules.</source>
        <translation>Ein Aufwärmen vor allem anderen oder eine beliebige andere Kette von Plänen.</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Schedules that take turns, and how long each does.</source>
        <translation>Pläne, die einander ablösen, und wie lange jeder an der Reihe ist.</translation>
    </message>
    <message>
        <source>is %1, above lr (%2)</source>
        <translation>ist %1 und liegt über lr (%2)</translation>
    </message>
    <message>
        <source>is %1, shorter than warmup and decay together (%2)</source>
        <translation>ist %1, kürzer als warmup und decay zusammen (%2)</translation>
    </message>
    <message>
        <source>has no place in a part of a sequence</source>
        <translation>hat keinen Platz im Teil einer Abfolge</translation>
    </message>
    <message>
        <source>is halving, which goes back to the initial weights and so has no place in a part of a sequence</source>
        <translation>ist halving, das zu den Anfangsgewichten zurückgeht und daher keinen Platz im Teil einer Abfolge hat</translation>
    </message>
    <message>
        <source>holds none; expected the times of the drops, such as [30, 60]</source>
        <translation>enthält keine; erwartet: die Zeiten der Stufen, etwa [30, 60]</translation>
    </message>
    <message>
        <source>holds %1 times; allowed: %2</source>
        <translation>enthält %1 Zeiten; erlaubt: %2</translation>
    </message>
    <message>
        <source>holds none; expected handles [t, lr], such as [[0, 0.1], [1000, 0.01]]</source>
        <translation>enthält keine; erwartet: Griffe [t, lr], etwa [[0, 0.1], [1000, 0.01]]</translation>
    </message>
    <message>
        <source>holds %1 handles; allowed: %2</source>
        <translation>enthält %1 Griffe; erlaubt: %2</translation>
    </message>
    <message>
        <source>holds %1 handles; allowed: at most %2</source>
        <translation>enthält %1 Griffe; erlaubt: höchstens %2</translation>
    </message>
    <message>
        <source>has the time %1; allowed: %2</source>
        <translation>hat die Zeit %1; erlaubt: %2</translation>
    </message>
    <message>
        <source>has the time %1, before that of the handle before it (%2)</source>
        <translation>hat die Zeit %1, vor der des Griffs davor (%2)</translation>
    </message>
    <message>
        <source>has the rate %1; allowed: %2</source>
        <translation>hat die Rate %1; erlaubt: %2</translation>
    </message>
    <message>
        <source>has the rate 0, to which no line leads on a log axis; allowed: %1</source>
        <translation>hat die Rate 0, zu der auf einer logarithmischen Achse keine Linie führt; erlaubt: %1</translation>
    </message>
    <message>
        <source>holds none; expected [{&quot;schedule&quot;: {…}, &quot;length&quot;: n}, …]</source>
        <translation>enthält keine; erwartet: [{&quot;schedule&quot;: {…}, &quot;length&quot;: n}, …]</translation>
    </message>
    <message>
        <source>holds %1 parts; allowed: at most %2</source>
        <translation>enthält %1 Teile; erlaubt: höchstens %2</translation>
    </message>
    <message>
        <source>are over %1 in all</source>
        <translation>sind insgesamt über %1</translation>
    </message>
    <message>
        <source>lie deeper in each other than %1 sequences</source>
        <translation>liegen tiefer ineinander als %1 Abfolgen</translation>
    </message>
    <message>
        <source>is missing; only the last part may go on to the end of the run</source>
        <translation>fehlt; nur der letzte Teil darf bis zum Ende des Laufs weitergehen</translation>
    </message>
    <message>
        <source>“%1”: at character %2: %3</source>
        <translation>„%1“: bei Zeichen %2: %3</translation>
    </message>
    <message>
        <source>“%1” is not known</source>
        <translation>„%1“ ist nicht bekannt</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>er ist leer</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>er endet zu früh</translation>
    </message>
    <message>
        <source>it gives more than one value</source>
        <translation>er ergibt mehr als einen Wert</translation>
    </message>
    <message>
        <source>a “)” is missing</source>
        <translation>eine „)“ fehlt</translation>
    </message>
    <message>
        <source>a parenthesis does not belong</source>
        <translation>eine Klammer gehört nicht hierher</translation>
    </message>
    <message>
        <source>a comma does not belong</source>
        <translation>ein Komma gehört nicht hierher</translation>
    </message>
    <message>
        <source>the operator “%1” does not belong</source>
        <translation>der Operator „%1“ gehört nicht hierher</translation>
    </message>
    <message>
        <source>“%1” does not belong; an operator may be missing</source>
        <translation>„%1“ gehört nicht hierher; vielleicht fehlt ein Operator</translation>
    </message>
    <message>
        <source>“%1” has too many arguments</source>
        <translation>„%1“ hat zu viele Argumente</translation>
    </message>
    <message>
        <source>“%1” has too few arguments</source>
        <translation>„%1“ hat zu wenige Argumente</translation>
    </message>
    <message>
        <source>a single “=” has no meaning</source>
        <translation>ein einzelnes „=“ hat keine Bedeutung</translation>
    </message>
    <message>
        <source>text has no place</source>
        <translation>Text hat hier keinen Platz</translation>
    </message>
    <message>
        <source>If-then-else operator is missing an else clause</source>
        <translation>zum „?“ fehlt das „:“ mit dem anderen Fall</translation>
    </message>
    <message>
        <source>Misplaced colon at position %1</source>
        <translation>der Doppelpunkt an Stelle %1 gehört nicht hierher</translation>
    </message>
    <message>
        <source>The &quot;%1&quot; operator must be preceded by a closing bracket.</source>
        <translation>vor dem Operator &quot;%1&quot; fehlt ein Wert</translation>
    </message>
    <message>
        <source>Internal error</source>
        <translation>so lässt er sich nicht lesen</translation>
    </message>
    <message>
        <source>is %1 characters long; allowed: %2</source>
        <translation>ist %1 Zeichen lang; erlaubt: %2</translation>
    </message>
    <message>
        <source>is missing, but the expression speaks of it</source>
        <translation>fehlt, kommt aber im Ausdruck vor</translation>
    </message>
    <message>
        <source>is %1 at step %2: no number; the run diverges there</source>
        <translation>ist %1 bei Schritt %2: keine Zahl; dort divergiert der Lauf</translation>
    </message>
    <message>
        <source>is %1 at step %2: below 0 the loss is climbed, not descended</source>
        <translation>ist %1 bei Schritt %2: Unter 0 geht es auf dem Verlust bergauf statt bergab</translation>
    </message>
    <message>
        <source>is %1 at step %2: over 1e6 nothing can be learned</source>
        <translation>ist %1 bei Schritt %2: Über 1e6 lässt sich nichts lernen</translation>
    </message>
    <message>
        <source>is %1 at step %2: while the rate is 0 nothing is learned</source>
        <translation>ist %1 bei Schritt %2: Solange die Rate 0 ist, wird nichts gelernt</translation>
    </message>
    <message>
        <source>cannot be changed: the run does not go on</source>
        <translation>lässt sich nicht ändern: Der Lauf geht nicht weiter</translation>
    </message>
    <message>
        <source>cannot be changed: a range test has a sweep of its own</source>
        <translation>lässt sich nicht ändern: Ein Lernratentest fährt seine eigenen Raten durch</translation>
    </message>
    <message>
        <source>cannot be changed while the run goes on: its batches grow by it</source>
        <translation>lässt sich nicht ändern, solange der Lauf weitergeht: Seine Batches wachsen danach</translation>
    </message>
    <message>
        <source>is halving, which begins with the run</source>
        <translation>ist halving, das mit dem Lauf beginnt</translation>
    </message>
    <message>
        <source>has a plateau that watches %1, but no samples are held out for validation</source>
        <translation>hat ein Plateau, das %1 beobachtet, aber es sind keine Beispiele zur Validierung zurückgelegt</translation>
    </message>
    <message>
        <source>has a plateau that watches a figure of validation, but no samples are held out for it</source>
        <translation>hat ein Plateau, das eine Kennzahl der Validierung beobachtet, aber dafür sind keine Beispiele zurückgelegt</translation>
    </message>
    <message>
        <source>is empty; expected the name of a run</source>
        <translation>ist leer; erwartet: der Name eines Laufs</translation>
    </message>
    <message>
        <source>stands beside start_from; a run begins in one way</source>
        <translation>steht neben start_from; ein Lauf beginnt auf eine Weise</translation>
    </message>
    <message>
        <source>has no place in a run whose batch grows</source>
        <translation>hat keinen Platz in einem Lauf mit wachsendem Batch</translation>
    </message>
    <message>
        <source>is not that of “%1”, where this fork goes on</source>
        <translation>weicht von „%1“ ab, wo diese Abzweigung weitergeht</translation>
    </message>
    <message>
        <source>is “%1”, which is a range test</source>
        <translation>ist „%1“, ein Lernratentest</translation>
    </message>
    <message>
        <source>is “%1”, which is a run whose batch grows</source>
        <translation>ist „%1“, ein Lauf mit wachsendem Batch</translation>
    </message>
    <message>
        <source>is %1; allowed: a whole number below the run&apos;s length, %2</source>
        <translation>ist %1; erlaubt: eine ganze Zahl unter der Länge des Laufs, %2</translation>
    </message>
    <message>
        <source>“%1” ended at step %2 when it was trained again up to %3</source>
        <translation>„%1“ endete bei Schritt %2, als er noch einmal bis %3 trainiert wurde</translation>
    </message>
    <message>
        <source>the checkpoint is of another network or optimizer</source>
        <translation>der Zwischenstand gehört zu einem anderen Netz oder Optimierer</translation>
    </message>
    <message>
        <source>is %1; expected [t, lr]</source>
        <translation>ist %1; erwartet: [t, lr]</translation>
    </message>
    <message>
        <source>run %1 has a change of the rate with the unknown cause “%2”</source>
        <translation>Lauf %1 hat eine Änderung der Rate mit der unbekannten Ursache „%2“</translation>
    </message>
    <message>
        <source>run %1 has a change of the rate that is out of range</source>
        <translation>Lauf %1 hat eine Änderung der Rate außerhalb des Erlaubten</translation>
    </message>
    <message>
        <source>Too few points: this rule leaves out the first tenth and the last five and needs sixteen between.</source>
        <translation>Zu wenige Punkte: Diese Regel lässt das erste Zehntel und die letzten fünf weg und braucht sechzehn dazwischen.</translation>
    </message>
    <message>
        <source>The smoothed loss never comes below the loss at the first rate: nothing is learned.</source>
        <translation>Der geglättete Verlust kommt nie unter den bei der ersten Rate: Es wird nichts gelernt.</translation>
    </message>
    <message>
        <source>The smoothed loss falls no further than the noise of the losses alone would make it.</source>
        <translation>Der geglättete Verlust fällt nicht weiter, als ihn das Rauschen der Verluste allein fallen ließe.</translation>
    </message>
    <message>
        <source>The smoothed loss falls fastest here, at the last of the rates that count: test larger ones, unless the loss runs away behind it.</source>
        <translation>Hier fällt der geglättete Verlust am schnellsten, bei der letzten der Raten, die zählen: Prüfen Sie größere, falls der Verlust dahinter nicht davonläuft.</translation>
    </message>
    <message>
        <source>The smoothed loss is lowest at the first rate: it never falls below it.</source>
        <translation>Der geglättete Verlust ist bei der ersten Rate am niedrigsten: Er fällt nie darunter.</translation>
    </message>
    <message>
        <source>A tenth of the rate with the lowest smoothed loss. It is lowest at the very end of the test: test larger rates, unless the loss ran away there.</source>
        <translation>Ein Zehntel der Rate mit dem niedrigsten geglätteten Verlust. Er ist ganz am Ende des Tests am niedrigsten: Prüfen Sie größere Raten, falls der Verlust dort nicht davonlief.</translation>
    </message>
    <message>
        <source>Half-way through the longest valley: the longest run of rates at which the smoothed loss keeps falling.</source>
        <translation>Auf halbem Weg durch das längste Tal: die längste Folge von Raten, bei denen der geglättete Verlust immer weiter fällt.</translation>
    </message>
    <message>
        <source>Two marks 15 points apart slide from the right end to the left until the slopes under them agree. They agree at once: the left mark stands here.</source>
        <translation>Zwei Marken im Abstand von 15 Punkten gleiten vom rechten Ende nach links, bis die Steigungen unter ihnen übereinstimmen. Sie tun es sofort: Die linke Marke steht hier.</translation>
    </message>
    <message>
        <source>Two marks 15 points apart slid from the right end to the left, and the slopes under them never agreed: the left mark came to the first of the rates that count.</source>
        <translation>Zwei Marken im Abstand von 15 Punkten glitten vom rechten Ende nach links, und die Steigungen unter ihnen stimmten nie überein: Die linke Marke kam bei der ersten der Raten an, die zählen.</translation>
    </message>
    <message>
        <source>Two marks 15 points apart slid from the right end to the left until the slopes under them agreed: the left mark came to stand here.</source>
        <translation>Zwei Marken im Abstand von 15 Punkten glitten vom rechten Ende nach links, bis die Steigungen unter ihnen übereinstimmten: Die linke Marke kam hier zu stehen.</translation>
    </message>
    <message>
        <source>The smoothed loss falls fastest where it begins to fall: there are no rates between.</source>
        <translation>Der geglättete Verlust fällt dort am schnellsten, wo er zu fallen beginnt: Dazwischen liegen keine Raten.</translation>
    </message>
    <message>
        <source>From where the smoothed loss begins to fall, its slope a tenth of its steepest, to where it falls fastest.</source>
        <translation>Von da, wo der geglättete Verlust zu fallen beginnt, mit einem Zehntel seiner größten Steigung, bis dahin, wo er am schnellsten fällt.</translation>
    </message>
    <message>
        <source>The marks of this rule need the smoothed loss of a sweep; where every rate begins anew nothing is smoothed.</source>
        <translation>Die Marken dieser Regel brauchen den geglätteten Verlust eines Durchlaufs; wo jede Rate neu beginnt, wird nichts geglättet.</translation>
    </message>
    <message>
        <source>No rate has held so far: where the loss runs away at all of them, smaller ones have to be tested.</source>
        <translation>Bisher hat keine Rate gehalten: Wo der Verlust bei allen davonläuft, müssen kleinere geprüft werden.</translation>
    </message>
    <message>
        <source>The largest rate of those that were tested, each half the one before, at which the loss does not run away.</source>
        <translation>Die größte der geprüften Raten, jede die Hälfte der vorigen, bei der der Verlust nicht davonläuft.</translation>
    </message>
    <message>
        <source>A test that halves its rate looks for one that holds, and knows nothing of slopes.</source>
        <translation>Ein Test, der seine Rate halbiert, sucht eine, die hält, und weiß nichts von Steigungen.</translation>
    </message>
    <message>
        <source>Too few rates: the best is the best of several.</source>
        <translation>Zu wenige Raten: Die beste ist die beste von mehreren.</translation>
    </message>
    <message>
        <source>No rate ends with a lower loss than the lowest one: smaller rates have to be tested, or longer.</source>
        <translation>Keine Rate endet mit einem kleineren Verlust als die kleinste: Kleinere müssen geprüft werden, oder länger.</translation>
    </message>
    <message>
        <source>Training with this rate ends with the lowest loss. It is the largest that was tested: test larger ones, unless the loss ran away there.</source>
        <translation>Das Training mit dieser Rate endet mit dem kleinsten Verlust. Sie ist die größte, die geprüft wurde: Prüfen Sie größere, falls der Verlust dort nicht davonlief.</translation>
    </message>
    <message>
        <source>Training with this rate ends with the lowest loss.</source>
        <translation>Das Training mit dieser Rate endet mit dem kleinsten Verlust.</translation>
    </message>
    <message>
        <source>No other rate comes near the best: test rates that lie closer together.</source>
        <translation>Keine andere Rate kommt der besten nahe: Prüfen Sie Raten, die dichter beieinander liegen.</translation>
    </message>
    <message>
        <source>The rates around the best at which at most a tenth of what it gains over the lowest rate is missing.</source>
        <translation>Die Raten um die beste, bei denen höchstens ein Zehntel dessen fehlt, was diese gegenüber der kleinsten gewinnt.</translation>
    </message>
    <message>
        <source>imported from %1</source>
        <translation>importiert aus %1</translation>
    </message>
    <message>
        <source>is empty; expected a curve, with the columns lr and loss</source>
        <translation>ist leer; erwartet wird eine Kurve mit den Spalten lr und loss</translation>
    </message>
    <message>
        <source>holds no curve; expected at least two rates, the first with a loss that is a finite number</source>
        <translation>enthält keine Kurve; erwartet werden wenigstens zwei Raten, die erste mit einem Verlust, der eine endliche Zahl ist</translation>
    </message>
    <message>
        <source>names no column %1; expected a first line with the columns lr and loss</source>
        <translation>nennt keine Spalte %1; erwartet wird eine erste Zeile mit den Spalten lr und loss</translation>
    </message>
    <message>
        <source>names the column “%1” twice; expected once</source>
        <translation>nennt die Spalte „%1“ zweimal; erwartet wird sie einmal</translation>
    </message>
    <message>
        <source>names over %1 columns; expected lr and loss, and few more</source>
        <translation>nennt über %1 Spalten; erwartet werden lr und loss und wenige mehr</translation>
    </message>
    <message>
        <source>holds %1 fields; expected %2, as many as in the first line</source>
        <translation>enthält %1 Felder; erwartet werden %2, so viele wie in der ersten Zeile</translation>
    </message>
    <message>
        <source>is “%1”; expected a number with a decimal point, such as 0.01</source>
        <translation>ist „%1“; erwartet wird eine Zahl mit Dezimalpunkt wie 0.01</translation>
    </message>
    <message>
        <source>is %1; expected a rate above 0 and at most 1e6</source>
        <translation>ist %1; erwartet wird eine Rate über 0 und höchstens 1e6</translation>
    </message>
    <message>
        <source>is %1, not above the %2 before it; expected rates that grow from row to row</source>
        <translation>ist %1, nicht über den %2 davor; erwartet werden Raten, die von Zeile zu Zeile wachsen</translation>
    </message>
    <message>
        <source>is %1; expected a share from 0 to 1</source>
        <translation>ist %1; erwartet wird ein Anteil von 0 bis 1</translation>
    </message>
    <message>
        <source>is behind %1 points; allowed: at most as many</source>
        <translation>steht hinter %1 Punkten; erlaubt: höchstens so viele</translation>
    </message>
    <message>
        <source>begins a text in quotes that does not end</source>
        <translation>beginnt einen Text in Anführungszeichen, der nicht endet</translation>
    </message>
    <message>
        <source>begins a stretch of over 1 MiB without a number; expected a list of numbers</source>
        <translation>beginnt eine Strecke von über 1 MiB ohne eine Zahl; erwartet wird eine Liste von Zahlen</translation>
    </message>
    <message>
        <source>is missing; expected a list of numbers</source>
        <translation>fehlt; erwartet wird eine Liste von Zahlen</translation>
    </message>
    <message>
        <source>holds %1 numbers; expected %2, as many as lr</source>
        <translation>enthält %1 Zahlen; erwartet werden %2, so viele wie lr</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>has no place in a sweep, whose rate changes with every step</source>
        <translation>hat keinen Platz in einem Durchlauf, dessen Rate sich mit jedem Schritt ändert</translation>
    </message>
    <message>
        <source>run %1 has validations with a hole, or that are not finite, at step %2</source>
        <translation>Lauf %1 hat Validierungen mit einer Lücke, oder die nicht endlich sind, bei Schritt %2</translation>
    </message>
    <message>
        <source>a whole number from 0 (an epoch) to 1000000</source>
        <translation>eine ganze Zahl von 0 (eine Epoche) bis 1000000</translation>
    </message>
    <message>
        <source>a whole number of samples from 0 (none) to 1000000</source>
        <translation>eine ganze Zahl von Beispielen von 0 (keine) bis 1000000</translation>
    </message>
    <message>
        <source>0: only a sweep&apos;s loss is noisy enough to be smoothed</source>
        <translation>0: Nur der Verlust eines Durchlaufs rauscht so, dass er geglättet werden muss</translation>
    </message>
    <message>
        <source>a rate that can be halved at least once before it is below “from”</source>
        <translation>eine Rate, die wenigstens einmal halbiert werden kann, bevor sie unter „from“ liegt</translation>
    </message>
    <message>
        <source>has no place in a halving, which asks whether a rate holds and not how well it learns</source>
        <translation>hat keinen Platz in einer Halbierung, die fragt, ob eine Rate hält, und nicht, wie gut sie lernt</translation>
    </message>
    <message>
        <source>the record at byte %1 has a wrong checksum</source>
        <translation>der Eintrag bei Byte %1 hat eine falsche Prüfsumme</translation>
    </message>
    <message>
        <source>the record at byte %1 is no event of TensorBoard&apos;s</source>
        <translation>der Eintrag bei Byte %1 ist kein Ereignis von TensorBoard</translation>
    </message>
    <message>
        <source>holds too many values; allowed: 20 million</source>
        <translation>enthält zu viele Werte; erlaubt sind 20 Millionen</translation>
    </message>
    <message>
        <source>holds over %1 points; allowed: at most as many</source>
        <translation>enthält über %1 Punkte; erlaubt sind höchstens so viele</translation>
    </message>
    <message>
        <source>holds over %1 tags; allowed: at most as many</source>
        <translation>enthält über %1 Tags; erlaubt sind höchstens so viele</translation>
    </message>
    <message>
        <source>holds over %1 files and folders; choose a folder in it</source>
        <translation>enthält über %1 Dateien und Ordner; wählen Sie einen Ordner darin</translation>
    </message>
    <message>
        <source>holds over %1 MiB of events; choose a folder in it</source>
        <translation>enthält über %1 MiB Ereignisse; wählen Sie einen Ordner darin</translation>
    </message>
    <message>
        <source>is a folder without event files, which have tfevents in their names</source>
        <translation>ist ein Ordner ohne Ereignisdateien, die tfevents im Namen haben</translation>
    </message>
    <message>
        <source>has no tag “%1” with numbers; it has: %2</source>
        <translation>hat kein Tag „%1“ mit Zahlen; es hat: %2</translation>
    </message>
    <message>
        <source>has no tag “%1” with numbers; it has none</source>
        <translation>hat kein Tag „%1“ mit Zahlen; es hat gar keines</translation>
    </message>
    <message>
        <source>has no tag for the loss of training, such as train/loss; it has: %1</source>
        <translation>hat kein Tag für den Verlust des Trainings, etwa train/loss; es hat: %1</translation>
    </message>
    <message>
        <source>has no tag for the loss of training, such as train/loss; it has none</source>
        <translation>hat kein Tag für den Verlust des Trainings, etwa train/loss; es hat gar keines</translation>
    </message>
    <message>
        <source>is empty; expected a log, with a loss for each step</source>
        <translation>ist leer; erwartet wird ein Protokoll mit einem Verlust für jeden Schritt</translation>
    </message>
    <message>
        <source>holds no losses; expected a log, with a loss for each step</source>
        <translation>enthält keine Verluste; erwartet wird ein Protokoll mit einem Verlust für jeden Schritt</translation>
    </message>
    <message>
        <source>names over %1 columns; expected a loss, and few more</source>
        <translation>nennt über %1 Spalten; erwartet werden ein Verlust und wenige mehr</translation>
    </message>
    <message>
        <source>names no column “%1”; it has: %2</source>
        <translation>nennt keine Spalte „%1“; es hat: %2</translation>
    </message>
    <message>
        <source>names no loss of training, such as loss or train/loss; it has: %1</source>
        <translation>nennt keinen Verlust des Trainings, etwa loss oder train/loss; es hat: %1</translation>
    </message>
    <message>
        <source>is of one run more than %1; allowed: at most as many</source>
        <translation>gehört zu einem Lauf mehr als %1; erlaubt sind höchstens so viele</translation>
    </message>
    <message>
        <source>is empty; expected a whole number from %1 to %2</source>
        <translation>ist leer; erwartet wird eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>the mapping is empty; expected such as %1</source>
        <translation>die Zuordnung ist leer; erwartet wird etwa %1</translation>
    </message>
    <message>
        <source>the mapping gives no name for “%1”; expected such as %2</source>
        <translation>die Zuordnung gibt keinen Namen für „%1“; erwartet wird etwa %2</translation>
    </message>
    <message>
        <source>the mapping gives “%1” twice; expected such as %2</source>
        <translation>die Zuordnung gibt „%1“ zweimal; erwartet wird etwa %2</translation>
    </message>
    <message>
        <source>the mapping begins a text in quotes that does not end; expected such as %1</source>
        <translation>die Zuordnung beginnt einen Text in Anführungszeichen, der nicht endet; erwartet wird etwa %1</translation>
    </message>
    <message>
        <source>the mapping has “%1” behind a text in quotes; expected such as %2</source>
        <translation>die Zuordnung hat „%1“ hinter einem Text in Anführungszeichen; erwartet wird etwa %2</translation>
    </message>
    <message>
        <source>the mapping names “%1”, which no log has; allowed: %2</source>
        <translation>die Zuordnung nennt „%1“, was kein Protokoll hat; erlaubt sind: %2</translation>
    </message>
    <message>
        <source>the mapping names “%1”, which events have by themselves; allowed: %2</source>
        <translation>die Zuordnung nennt „%1“, was Ereignisse von sich aus haben; erlaubt sind: %2</translation>
    </message>
    <message>
        <source>cannot be written: the disk takes no more (a limit to the size of files?); make room or save elsewhere</source>
        <translation>kann nicht geschrieben werden: Der Datenträger nimmt nichts mehr an (eine Grenze für die Größe von Dateien?); schaffen Sie Platz oder speichern Sie anderswo</translation>
    </message>
    <message>
        <source>cannot be read or written: the disk reports a fault (%1); see to it or save elsewhere</source>
        <translation>kann nicht gelesen oder geschrieben werden: Der Datenträger meldet einen Fehler (%1); sehen Sie danach oder speichern Sie anderswo</translation>
    </message>
    <message>
        <source>cannot be read or written: the disk reports a fault; see to it or save elsewhere</source>
        <translation>kann nicht gelesen oder geschrieben werden: Der Datenträger meldet einen Fehler; sehen Sie danach oder speichern Sie anderswo</translation>
    </message>
    <message>
        <source>holds a value that is too long</source>
        <translation>enthält einen Wert, der zu lang ist</translation>
    </message>
    <message>
        <source>is not there any more: it or its folder was removed or moved; save elsewhere</source>
        <translation>ist nicht mehr da: Die Datei oder ihr Ordner wurde gelöscht oder verschoben; speichern Sie anderswo</translation>
    </message>
    <message>
        <source>its folder does not exist; make it or save elsewhere</source>
        <translation>den Ordner gibt es nicht; legen Sie ihn an oder speichern Sie anderswo</translation>
    </message>
    <message>
        <source>the run “%1” has no loss that is a finite number</source>
        <translation>der Lauf „%1“ hat keinen Verlust, der eine endliche Zahl ist</translation>
    </message>
    <message>
        <source>the run “%1” has step %2; allowed: steps below %3</source>
        <translation>der Lauf „%1“ hat Schritt %2; erlaubt sind Schritte unter %3</translation>
    </message>
    <message>
        <source>run %1 has no rate at step %2</source>
        <translation>Lauf %1 hat keine Rate bei Schritt %2</translation>
    </message>
    <message>
        <source>run %1 has rates at some of its steps alone, from step %2 on</source>
        <translation>Lauf %1 hat nur bei einigen seiner Schritte Raten, ab Schritt %2</translation>
    </message>
    <message>
        <source>does not answer yet; try again in a moment</source>
        <translation>antwortet noch nicht; versuchen Sie es gleich noch einmal</translation>
    </message>
    <message>
        <source>is not an ordinary file; expected an IDX file, raw or .gz</source>
        <translation>ist keine gewöhnliche Datei; erwartet wird eine IDX-Datei, roh oder als .gz</translation>
    </message>
    <message>
        <source>is one of more than %1 values</source>
        <translation>ist einer von mehr als %1 Werten</translation>
    </message>
    <message>
        <source>is no table with numbers; expected a log, with a loss for each step</source>
        <translation>ist keine Tabelle mit Zahlen; erwartet wird ein Protokoll mit einem Verlust für jeden Schritt</translation>
    </message>
    <message>
        <source>run %1 has more than %2 snapshots</source>
        <translation>Lauf %1 hat mehr als %2 Momentaufnahmen</translation>
    </message>
    <message>
        <source>run %1 has epochs that do not fit its length</source>
        <translation>Lauf %1 hat Epochen, die nicht zu seiner Länge passen</translation>
    </message>
    <message>
        <source>cannot be read where it is: its last entries are in “%1”, which takes a folder with room that may be written to; copy both there</source>
        <translation>kann hier nicht gelesen werden: Seine letzten Einträge stehen in „%1“, und das geht nur in einem beschreibbaren Ordner mit freiem Platz; beide Dateien dorthin kopieren</translation>
    </message>
    <message>
        <source>is not a folder; expected mnist, fashion-mnist or a folder with the four IDX files of MNIST&apos;s kind</source>
        <translation>ist kein Ordner; erwartet wird mnist, fashion-mnist oder ein Ordner mit den vier IDX-Dateien nach Art von MNIST</translation>
    </message>
    <message>
        <source>is %1; expected the number %2</source>
        <translation>ist %1; erwartet: die Zahl %2</translation>
    </message>
    <message>
        <source>names no loss; it has: %1; say which is which with “ratescope import --map loss=NAME”</source>
        <translation>nennt keinen Verlust; vorhanden: %1; „ratescope import --map loss=NAME“ sagt, was was ist</translation>
    </message>
    <message>
        <source>is not an ordinary file; expected a study</source>
        <translation>ist keine gewöhnliche Datei; erwartet wird eine Studie</translation>
    </message>
    <message>
        <source>is empty; expected a study</source>
        <translation>ist leer; erwartet wird eine Studie</translation>
    </message>
    <message>
        <source>is no study as Ratescope writes it: its table “%1” has other columns or keys</source>
        <translation>ist keine Studie, wie Ratescope sie schreibt: ihre Tabelle „%1“ hat andere Spalten oder Schlüssel</translation>
    </message>
    <message>
        <source>holds thousands of tables; expected a study, which has a few</source>
        <translation>enthält Tausende von Tabellen; erwartet: eine Studie, die wenige hat</translation>
    </message>
    <message>
        <source>holds over %1 runs</source>
        <translation>enthält über %1 Läufe</translation>
    </message>
    <message>
        <source>holds %1 runs, the most that a study may; save what follows elsewhere</source>
        <translation>enthält %1 Läufe, mehr darf eine Studie nicht; Weiteres woanders speichern</translation>
    </message>
    <message>
        <source>has over %1 steps of runs whose batch grows</source>
        <translation>hat über %1 Schritte von Läufen, deren Batch wächst</translation>
    </message>
    <message>
        <source>makes over %1 steps of growing batches, with the runs before; split the file</source>
        <translation>macht mit den Läufen davor über %1 Schritte mit wachsenden Batches; die Datei aufteilen</translation>
    </message>
    <message>
        <source>its name is too long; expected up to %1 bytes</source>
        <translation>der Name ist zu lang; erwartet: bis zu %1 Bytes</translation>
    </message>
</context>
<context>
    <name>lessons</name>
    <message>
        <source>Five learning rates on one softmax layer</source>
        <translation>Fünf Lernraten für eine Softmax-Schicht</translation>
    </message>
    <message>
        <source>All five runs start from the **same weights** and see the **same batches in the same order**: whatever differs, the learning rate did it.

Watch how the smallest rates crawl, how 0.1 and 1 settle soonest, and how 10 jumps about without ever settling. Switch the loss to a logarithmic axis with **L**.</source>
        <translation>Alle fünf Läufe beginnen mit **denselben Gewichten** und sehen **dieselben Batches in derselben Reihenfolge**: Was sich unterscheidet, kommt von der Lernrate.

Die kleinsten Raten kriechen, 0.1 und 1 sind am schnellsten am Ziel, und 10 springt umher, ohne je anzukommen. **L** schaltet die Achse des Verlusts auf logarithmisch.</translation>
    </message>
    <message>
        <source>Does a schedule beat a constant rate?</source>
        <translation>Schlägt ein Plan die konstante Rate?</translation>
    </message>
    <message>
        <source>One network, five ways to spend the same number of steps. A constant rate of 0.5 learns quickly and then keeps jittering; each schedule that comes down in the end **lets the loss settle**.

Compare the last validation circles rather than the first hundred steps.</source>
        <translation>Ein Netz, fünf Arten, gleich viele Schritte zu nutzen. Eine konstante Rate von 0.5 lernt schnell und zittert dann weiter; jeder Plan, der am Ende herunterkommt, **lässt den Verlust zur Ruhe kommen**.

Aufschlussreich sind eher die letzten Validierungskreise als die ersten hundert Schritte.</translation>
    </message>
    <message>
        <source>From a range test to cyclical rates</source>
        <translation>Vom Lernratentest zu zyklischen Raten</translation>
    </message>
    <message>
        <source>The range test sweeps the rate from tiny to huge in 100 steps. Where the smoothed loss **falls fastest** is a good upper bound for a cyclical schedule; a tenth of that is a fair lower one.

The three modes differ in how high the later triangles are.</source>
        <translation>Der Lernratentest führt die Rate in 100 Schritten von winzig bis riesig. Wo der geglättete Verlust **am schnellsten fällt**, liegt eine gute Obergrenze für einen zyklischen Plan; ein Zehntel davon ist eine brauchbare Untergrenze.

Die drei Varianten unterscheiden sich darin, wie hoch die späteren Dreiecke sind.</translation>
    </message>
    <message>
        <source>Momentum is a larger rate in disguise</source>
        <translation>Momentum ist eine verkleidete größere Rate</translation>
    </message>
    <message>
        <source>Momentum 0.9 lets a gradient act about ten times, so **rate 0.01 with momentum** behaves much like **rate 0.1 without**. Nesterov&apos;s version looks ahead before it takes the step.</source>
        <translation>Mit Momentum 0.9 wirkt ein Gradient etwa zehnmal, sodass **Rate 0.01 mit Momentum** sich fast so verhält wie **Rate 0.1 ohne**. Nesterovs Variante blickt voraus, bevor sie den Schritt tut.</translation>
    </message>
    <message>
        <source>Can a range test be trusted?</source>
        <translation>Kann man einem Lernratentest trauen?</translation>
    </message>
    <message>
        <source>Three sweeps that differ in their **seed** alone, and a test that begins **anew at each rate**: see how far their answers lie apart. The smoothing makes a sweep lag behind, so its loss falls later than the network learns.

The **sensitivity sweep** trains a whole epoch at each rate: that is what the tests try to foretell. Whose suggestion lies in its good zone?</source>
        <translation>Drei Durchläufe, die sich allein im **Startwert** unterscheiden, und ein Test, der **bei jeder Rate neu** beginnt: Sehen Sie, wie weit ihre Antworten auseinanderliegen. Durch die Glättung hinkt ein Durchlauf hinterher, sein Verlust fällt also später, als das Netz lernt.

Der **Empfindlichkeitstest** trainiert bei jeder Rate eine ganze Epoche: Das ist es, was die Tests vorherzusagen versuchen. Wessen Vorschlag liegt in seiner guten Zone?</translation>
    </message>
</context>
<context>
    <name>ratescope::CodeDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>“%1” as code</source>
        <translation>„%1“ als Code</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Library that the code is for</source>
        <translation>Bibliothek, für die der Code ist</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>Der Code</translation>
    </message>
    <message>
        <source>It gives the same rate at every step as this run.</source>
        <translation>Er ergibt bei jedem Schritt dieselbe Rate wie dieser Lauf.</translation>
    </message>
    <message>
        <source>Save the code</source>
        <translation>Code speichern</translation>
    </message>
    <message>
        <source>Python (*.py)</source>
        <translation>Python (*.py)</translation>
    </message>
    <message>
        <source>The code was not saved</source>
        <translation>Der Code wurde nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>ratescope::DriveForm</name>
    <message>
        <source>Back to the schedule</source>
        <translation>Zurück zum Lernratenplan</translation>
    </message>
    <message>
        <source>Keep as a schedule</source>
        <translation>Als Lernratenplan behalten</translation>
    </message>
    <message>
        <source>Rate by hand</source>
        <translation>Rate von Hand</translation>
    </message>
    <message>
        <source>From 1e-7 to 100, a tick a decade; it takes hold with the next batch</source>
        <translation>Von 1e-7 bis 100, ein Strich je Zehnerpotenz; sie gilt ab dem nächsten Batch</translation>
    </message>
    <message>
        <source>Rate by hand, as a number</source>
        <translation>Rate von Hand, als Zahl</translation>
    </message>
    <message>
        <source>From the next batch on the run follows its schedule again</source>
        <translation>Ab dem nächsten Batch folgt der Lauf wieder seinem Lernratenplan</translation>
    </message>
    <message>
        <source>A new run whose schedule is what this one has used so far</source>
        <translation>Ein neuer Lauf mit den Raten, die dieser bisher hatte, als Lernratenplan</translation>
    </message>
</context>
<context>
    <name>ratescope::ExportDialog</name>
    <message>
        <source>Export figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <source>Preview of the picture</source>
        <translation>Vorschau des Bildes</translation>
    </message>
    <message>
        <source>What the file will be</source>
        <translation>Was die Datei enthalten wird</translation>
    </message>
    <message>
        <source>Figure of</source>
        <translation>Abbildung von</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Ganze Seite</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG-Bild</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG-Zeichnung</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF-Dokument</translation>
    </message>
    <message>
        <source>CSV numbers in sight</source>
        <translation>CSV, sichtbare Werte</translation>
    </message>
    <message>
        <source>Slide</source>
        <translation>Folie</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Breit</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <source>Poster</source>
        <translation>Poster</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>1×</source>
        <translation>1×</translation>
    </message>
    <message>
        <source>2×</source>
        <translation>2×</translation>
    </message>
    <message>
        <source>3×</source>
        <translation>3×</translation>
    </message>
    <message>
        <source>4×</source>
        <translation>4×</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Settings of the figure</source>
        <translation>Einstellungen der Abbildung</translation>
    </message>
    <message>
        <source>Copy to clipboard</source>
        <translation>In Zwischenablage</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Texts of</source>
        <translation>Texte von</translation>
    </message>
    <message>
        <source>Whole figure</source>
        <translation>Ganze Abbildung</translation>
    </message>
    <message>
        <source>Range test: loss</source>
        <translation>Lernratentest: Verlust</translation>
    </message>
    <message>
        <source>Range test: slope</source>
        <translation>Lernratentest: Steigung</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Text along the x axis</source>
        <translation>Text an der x-Achse</translation>
    </message>
    <message>
        <source>Text along the y axis</source>
        <translation>Text an der y-Achse</translation>
    </message>
    <message>
        <source>x axis</source>
        <translation>x-Achse</translation>
    </message>
    <message>
        <source>y axis</source>
        <translation>y-Achse</translation>
    </message>
    <message>
        <source>of</source>
        <translation>von</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>%1 × %2 pixels, with the runs&apos; configuration inside: dropped on this window, the picture brings the runs back.</source>
        <translation>%1 × %2 Pixel, mit der Konfiguration der Läufe darin: Auf dieses Fenster gezogen, bringt das Bild die Läufe zurück.</translation>
    </message>
    <message>
        <source>Lines and text for drawing programs and the web, with the runs&apos; configuration inside.</source>
        <translation>Linien und Text für Zeichenprogramme und das Web, mit der Konfiguration der Läufe darin.</translation>
    </message>
    <message>
        <source>One page of lines and text for papers, with the runs&apos; configuration inside.</source>
        <translation>Eine Seite aus Linien und Text für Veröffentlichungen, mit der Konfiguration der Läufe darin.</translation>
    </message>
    <message>
        <source>The numbers of the visible runs within the ranges in sight, one row a step.</source>
        <translation>Die Zahlen der sichtbaren Läufe in den sichtbaren Bereichen, eine Zeile je Schritt.</translation>
    </message>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation>%1 gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>The folder %1 does not exist. Make it, or choose another one.</source>
        <translation>Den Ordner %1 gibt es nicht. Legen Sie ihn an oder wählen Sie einen anderen.</translation>
    </message>
</context>
<context>
    <name>ratescope::ExpressionEdit</name>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>About the expression</source>
        <translation>Zum Ausdruck</translation>
    </message>
    <message>
        <source>At character %1: %2</source>
        <translation>Bei Zeichen %1: %2</translation>
    </message>
</context>
<context>
    <name>ratescope::FamilyButton</name>
    <message>
        <source>Schedule</source>
        <translation>Lernratenplan</translation>
    </message>
    <message>
        <source>All schedules as pictures; Up and Down go from one to the next</source>
        <translation>Alle Lernratenpläne als Bilder; mit den Pfeilen nach oben und unten geht es von einem zum nächsten</translation>
    </message>
</context>
<context>
    <name>ratescope::Figure</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Training time (s)</source>
        <translation>Trainingszeit (s)</translation>
    </message>
    <message>
        <source>Error (%)</source>
        <translation>Fehler (%)</translation>
    </message>
    <message>
        <source>Accuracy (%)</source>
        <translation>Genauigkeit (%)</translation>
    </message>
    <message>
        <source>Cross-entropy loss</source>
        <translation>Verlust (Kreuzentropie)</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>Mittlerer quadratischer Fehler</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>Smoothed loss</source>
        <translation>Geglätteter Verlust</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>Steigung</translation>
    </message>
    <message>
        <source>%1: diverged at step %2</source>
        <translation>%1: bei Schritt %2 divergiert</translation>
    </message>
    <message>
        <source>%1: best epoch, %2; its weights were kept</source>
        <translation>%1: beste Epoche, %2; ihre Gewichte wurden behalten</translation>
    </message>
    <message>
        <source>%1: best epoch, %2</source>
        <translation>%1: beste Epoche, %2</translation>
    </message>
    <message>
        <source>%1: stopped early after step %2</source>
        <translation>%1: nach Schritt %2 vorzeitig beendet</translation>
    </message>
    <message>
        <source>%1: restart %2 at step %3</source>
        <translation>%1: Neustart %2 bei Schritt %3</translation>
    </message>
    <message>
        <source>diverged at step %1</source>
        <translation>divergiert bei Schritt %1</translation>
    </message>
    <message>
        <source>no suggestion</source>
        <translation>kein Vorschlag</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n seed(s))</source>
        <translation>
            <numerusform>%1 (%n Startwert)</numerusform>
            <numerusform>%1 (%n Startwerte)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>All runs are hidden.
Their boxes in the list show them.</source>
        <translation>Alle Läufe sind ausgeblendet.
Ihre Kästchen in der Liste zeigen sie.</translation>
    </message>
    <message>
        <source>No runs to show yet.
New run makes one.</source>
        <translation>Noch keine Läufe zu sehen.
„Neuer Lauf“ legt einen an.</translation>
    </message>
    <message>
        <source>Press Start to train</source>
        <translation>„Start“ beginnt das Training</translation>
    </message>
    <message>
        <source>Known at the end of an epoch</source>
        <translation>Am Ende einer Epoche bekannt</translation>
    </message>
    <message>
        <source>A run&apos;s schedule shows here
before it trains</source>
        <translation>Hier erscheint der Lernratenplan
eines Laufs schon vor dem Training</translation>
    </message>
    <message>
        <source>Range test finds out
which rates can work</source>
        <translation>Der Lernratentest findet heraus,
welche Raten in Frage kommen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>Loss difference</source>
        <translation>Verlustdifferenz</translation>
    </message>
    <message>
        <source>Loss − loss of “%1”</source>
        <translation>Verlust − Verlust von „%1“</translation>
    </message>
    <message>
        <source>(zero line)</source>
        <translation>(Nulllinie)</translation>
    </message>
    <message>
        <source>(left out)</source>
        <translation>(fehlt)</translation>
    </message>
    <message>
        <source>No two runs share initial weights and batch order.
Duplicate one and change its schedule alone.</source>
        <translation>Keine zwei Läufe haben Anfangsgewichte und Reihenfolge der Batches gemeinsam.
Dazu einen Lauf duplizieren und nur seinen Plan ändern.</translation>
    </message>
    <message>
        <source>No other visible run shares initial weights
and batch order with “%1”.</source>
        <translation>Kein anderer sichtbarer Lauf hat Anfangsgewichte
und Reihenfolge der Batches mit „%1“ gemeinsam.</translation>
    </message>
    <message>
        <source>Known once two runs have made the same step</source>
        <translation>Bekannt, sobald zwei Läufe denselben Schritt gemacht haben</translation>
    </message>
    <message>
        <source>%1: fork of %2 at step %3</source>
        <translation>%1: Abzweigung von %2 bei Schritt %3</translation>
    </message>
    <message>
        <source>%1: rate changed by hand at step %2: %3 → %4</source>
        <translation>%1: Rate bei Schritt %2 von Hand geändert: %3 → %4</translation>
    </message>
    <message>
        <source>%1: no progress at step %2: rate %3 → %4</source>
        <translation>%1: kein Fortschritt bei Schritt %2: Rate %3 → %4</translation>
    </message>
    <message>
        <source>%1: back to the first weights at step %2: rate %3 → %4</source>
        <translation>%1: bei Schritt %2 zurück zu den Anfangsgewichten: Rate %3 → %4</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>No test here was validated.
Its settings can ask for that.</source>
        <translation>Kein Test hier wurde validiert.
In seinen Einstellungen geht das.</translation>
    </message>
    <message>
        <source>steepest</source>
        <translation>steepest</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>minimum</translation>
    </message>
    <message>
        <source>valley</source>
        <translation>valley</translation>
    </message>
    <message>
        <source>slide</source>
        <translation>slide</translation>
    </message>
    <message>
        <source>halving</source>
        <translation>Halbierung</translation>
    </message>
    <message>
        <source>best</source>
        <translation>beste</translation>
    </message>
    <message>
        <source>%1 (%2–%3)</source>
        <comment>median, lowest, highest rate</comment>
        <translation>%1 (%2–%3)</translation>
    </message>
    <message>
        <source>Found for %1 of %2 seeds.</source>
        <translation>Gefunden für %1 von %2 Startwerten.</translation>
    </message>
    <message>
        <source>%1, %2: rate %3</source>
        <translation>%1, %2: Rate %3</translation>
    </message>
    <message>
        <source>%1, bounds: rates %2</source>
        <translation>%1, Grenzen: Raten %2</translation>
    </message>
    <message>
        <source>%1 of %2 seeds diverged</source>
        <translation>%1 von %2 Startwerten divergiert</translation>
    </message>
    <message>
        <source>bounds</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>%1 of %2 steps beyond the edge (%3)</source>
        <translation>%1 von %2 Schritten jenseits des Rands (%3)</translation>
    </message>
    <message>
        <source>too slow</source>
        <translation>zu langsam</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>unstable</source>
        <translation>instabil</translation>
    </message>
    <message>
        <source>edge</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>divergiert</translation>
    </message>
    <message>
        <source>diverging</source>
        <translation>divergierend</translation>
    </message>
    <message>
        <source>%1 of %2 runs go beyond the edge (%3)</source>
        <translation>%1 von %2 Läufen gehen über den Rand (%3) hinaus</translation>
    </message>
    <message>
        <source>%1 of %2 beyond %3</source>
        <comment>steps</comment>
        <translation>%1 von %2 jenseits %3</translation>
    </message>
    <message>
        <source>%1 of %2 beyond %3</source>
        <comment>runs</comment>
        <translation>%1 von %2 jenseits %3</translation>
    </message>
    <message>
        <source>Not trained yet</source>
        <translation>Noch nicht trainiert</translation>
    </message>
</context>
<context>
    <name>ratescope::ForkDialog</name>
    <message>
        <source>Step to fork at</source>
        <translation>Schritt, bei dem abgezweigt wird</translation>
    </message>
    <message>
        <source>Memory for states of all runs</source>
        <translation>Speicher für Zwischenstände aller Läufe</translation>
    </message>
    <message>
        <source>Fork “%1”</source>
        <translation>Von „%1“ abzweigen</translation>
    </message>
    <message>
        <source>The fork goes on from this run&apos;s weights, optimizer and batches; its rate, the optimizer&apos;s parameters and its length may be others.</source>
        <translation>Die Abzweigung geht mit Gewichten, Optimierer und Batches dieses Laufs weiter; ihre Rate, die Parameter des Optimierers und ihre Länge dürfen andere sein.</translation>
    </message>
    <message>
        <source>States that are kept</source>
        <translation>Aufbewahrte Zwischenstände</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Fork after step</source>
        <translation>Abzweigen nach Schritt</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Memory for states</source>
        <translation>Speicher für Zwischenstände</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
    <message>
        <source>This state is kept: the fork starts at once.</source>
        <translation>Dieser Zwischenstand ist aufbewahrt: Die Abzweigung beginnt sofort.</translation>
    </message>
    <message>
        <source>This state is not kept: the steps up to it are trained again first, about %1 s.</source>
        <translation>Dieser Zwischenstand ist nicht aufbewahrt: Die Schritte bis dahin werden zuerst noch einmal trainiert, etwa %1 s.</translation>
    </message>
    <message>
        <source>From the end it goes on as long again.</source>
        <translation>Vom Ende an geht sie noch einmal so lange weiter.</translation>
    </message>
    <message numerus="yes">
        <source>%n state(s) of this run: %1 MB; of all runs %2 MB</source>
        <translation>
            <numerusform>%n Zwischenstand dieses Laufs: %1 MB; aller Läufe: %2 MB</numerusform>
            <numerusform>%n Zwischenstände dieses Laufs: %1 MB; aller Läufe: %2 MB</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::HandlesEdit</name>
    <message>
        <source>Edit on the plot</source>
        <translation>Im Diagramm bearbeiten</translation>
    </message>
    <message>
        <source>Handles</source>
        <translation>Griffe</translation>
    </message>
    <message>
        <source>Another handle behind this one</source>
        <translation>Ein weiterer Griff hinter diesem</translation>
    </message>
    <message>
        <source>Add a handle</source>
        <translation>Griff hinzufügen</translation>
    </message>
    <message>
        <source>Without this handle</source>
        <translation>Ohne diesen Griff</translation>
    </message>
    <message>
        <source>Remove the handle</source>
        <translation>Griff entfernen</translation>
    </message>
</context>
<context>
    <name>ratescope::HandlesModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
</context>
<context>
    <name>ratescope::InspectorPanel</name>
    <message>
        <source>Choose a run to see what it is made of.</source>
        <translation>Einen Lauf wählen, um zu sehen, woraus er besteht.</translation>
    </message>
    <message>
        <source>What is wrong with the configuration</source>
        <translation>Was an der Konfiguration nicht stimmt</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Name des Laufs</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>This run has begun: its configuration is fixed. A duplicate starts from the same weights and batches; what you change in it is the whole difference.</source>
        <translation>Dieser Lauf hat begonnen: Seine Konfiguration steht fest. Ein Duplikat beginnt mit denselben Gewichten und Batches; was daran geändert wird, ist der ganze Unterschied.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Training or range test</source>
        <translation>Training oder Lernratentest</translation>
    </message>
    <message>
        <source>Training with a schedule</source>
        <translation>Training mit Lernratenplan</translation>
    </message>
    <message>
        <source>Range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>How long it trains</source>
        <translation>Wie lange trainiert wird</translation>
    </message>
    <message>
        <source>Epochs or steps</source>
        <translation>Epochen oder Schritte</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>One number for initial weights and batch order: runs that share it differ in nothing but what you change</source>
        <translation>Eine Zahl für Anfangsgewichte und Reihenfolge der Batches: Läufe mit demselben Startwert unterscheiden sich nur in dem, was geändert wird</translation>
    </message>
    <message>
        <source>Held out for validation</source>
        <translation>Zur Validierung zurückgelegt</translation>
    </message>
    <message>
        <source>The last fraction of the training set is held out</source>
        <translation>Der letzte Teil der Trainingsmenge wird zurückgelegt</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Training samples</source>
        <translation>Trainingsbeispiele</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Only the first so many of the samples that are not held out</source>
        <translation>Von den Beispielen, die nicht zurückgelegt sind, nur die ersten so vielen</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>own layers</source>
        <translation>eigene Schichten</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers, input side first: dense 128, conv2d 32 3 (filters, kernel), maxpool 2, dropout 0.25, flatten, relu, tanh, sigmoid. The last is dense 10.</source>
        <translation>Schichten, von der Eingabe an: dense 128, conv2d 32 3 (Filter, Kern), maxpool 2, dropout 0.25, flatten, relu, tanh, sigmoid. Die letzte ist dense 10.</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>Anfangsgewichte</translation>
    </message>
    <message>
        <source>Init</source>
        <translation>Init.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>Kreuzentropie</translation>
    </message>
    <message>
        <source>mean squared error</source>
        <translation>mittlerer quadratischer Fehler</translation>
    </message>
    <message>
        <source>Between the softmax outputs and the one-hot label, mean over samples and classes</source>
        <translation>Zwischen den Softmax-Ausgaben und dem One-Hot-Vektor der Klasse, gemittelt über Beispiele und Klassen</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>%1 A rate to begin with: %2.</source>
        <translation>%1 Eine Rate für den Anfang: %2.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>a folder…</source>
        <translation>ein Ordner …</translation>
    </message>
    <message>
        <source>A folder holds four IDX files, as MNIST comes, raw or .gz</source>
        <translation>Ein Ordner enthält vier IDX-Dateien, wie MNIST sie hat, roh oder als .gz</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Folder with four IDX files</source>
        <translation>Ordner mit vier IDX-Dateien</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>Feinabstimmung</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Rate by hand</source>
        <translation>Rate von Hand</translation>
    </message>
    <message>
        <source>Configuration of the run</source>
        <translation>Konfiguration des Laufs</translation>
    </message>
    <message>
        <source>While this run goes on its rate can be changed, from the next batch on. Everything else is fixed: change it in a duplicate or a fork.</source>
        <translation>Solange dieser Lauf weitergeht, lässt sich seine Rate ändern, ab dem nächsten Batch. Alles andere steht fest und lässt sich nur in einem Duplikat oder einer Abzweigung ändern.</translation>
    </message>
    <message>
        <source>As code…</source>
        <translation>Als Code …</translation>
    </message>
    <message>
        <source>Optimizer and schedule as a snippet for PyTorch or Keras that gives the same rates</source>
        <translation>Optimierer und Lernratenplan als Codeausschnitt für PyTorch oder Keras, der dieselben Raten ergibt</translation>
    </message>
    <message>
        <source>Colour of the run</source>
        <translation>Farbe des Laufs</translation>
    </message>
    <message>
        <source>Where the curve comes from</source>
        <translation>Woher die Kurve stammt</translation>
    </message>
    <message>
        <source>This curve was measured elsewhere: there is no network behind it to be trained.</source>
        <translation>Diese Kurve wurde anderswo gemessen: Dahinter steht kein Netz, das trainiert werden könnte.</translation>
    </message>
</context>
<context>
    <name>ratescope::LogDialog</name>
    <message>
        <source>Import a log</source>
        <translation>Ein Protokoll importieren</translation>
    </message>
    <message>
        <source>Whether it can be read</source>
        <translation>Ob es gelesen werden kann</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message numerus="yes">
        <source>“%1” and %n more of the same kind</source>
        <translation>
            <numerusform>„%1“ und %n weiteres derselben Art</numerusform>
            <numerusform>„%1“ und %n weitere derselben Art</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: what do the columns mean?</source>
        <translation>%1: Was bedeuten die Spalten?</translation>
    </message>
    <message>
        <source>%1: what do the tags mean?</source>
        <translation>%1: Was bedeuten die Tags?</translation>
    </message>
    <message>
        <source>The first rows of the log</source>
        <translation>Die ersten Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>The first values of each tag</source>
        <translation>Die ersten Werte jedes Tags</translation>
    </message>
    <message>
        <source>&amp;Loss of training</source>
        <translation>&amp;Verlust des Trainings</translation>
    </message>
    <message>
        <source>Learning &amp;rate</source>
        <translation>Lern&amp;rate</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>&amp;Validation loss</source>
        <translation>Ver&amp;lust der Validierung</translation>
    </message>
    <message>
        <source>Validation &amp;accuracy</source>
        <translation>&amp;Genauigkeit der Validierung</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Schritt</translation>
    </message>
    <message>
        <source>none: rows are counted</source>
        <translation>keine: Zeilen werden gezählt</translation>
    </message>
    <message>
        <source>&amp;Epoch</source>
        <translation>&amp;Epoche</translation>
    </message>
    <message>
        <source>&amp;Time in seconds</source>
        <translation>&amp;Zeit in Sekunden</translation>
    </message>
    <message>
        <source>&amp;Name of the run</source>
        <translation>&amp;Name des Laufs</translation>
    </message>
    <message>
        <source>none: all rows are of one</source>
        <translation>keine: alle Zeilen gehören zu einem</translation>
    </message>
    <message>
        <source>choose one</source>
        <translation>bitte wählen</translation>
    </message>
    <message>
        <source>Choose the loss of training: a log is read by it.</source>
        <translation>Wählen Sie den Verlust des Trainings: Nach ihm wird ein Protokoll gelesen.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n loss(es)</source>
        <translation>
            <numerusform>%n Verlust</numerusform>
            <numerusform>%n Verluste</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::MainWindow</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Where the study is kept</source>
        <translation>Wo die Studie aufbewahrt wird</translation>
    </message>
    <message>
        <source>NOT SAVED: %1</source>
        <translation>NICHT GESPEICHERT: %1</translation>
    </message>
    <message>
        <source>Everything is still in memory, and writing is tried again. “Save as” puts it somewhere else.</source>
        <translation>Alles ist noch im Arbeitsspeicher, und das Schreiben wird wieder versucht. „Speichern unter“ legt es woanders ab.</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
    <message>
        <source>Same start, same batches: change one thing in the inspector and press Start.</source>
        <translation>Gleicher Anfang, gleiche Batches: im Inspektor eines ändern und „Start“ drücken.</translation>
    </message>
    <message>
        <source>Deleted; Ctrl+Z brings back what was there</source>
        <translation>Gelöscht; Strg+Z holt zurück, was da war</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Make a run, like the chosen one if there is one</source>
        <translation>Einen Lauf anlegen, wie den gewählten, wenn es einen gibt</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start what is ready, or pause what is running (Space)</source>
        <translation>Starten, was bereit ist, oder anhalten, was läuft (Leertaste)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>End the runs for good; their curves stay (Esc)</source>
        <translation>Die Läufe endgültig beenden; ihre Kurven bleiben (Esc)</translation>
    </message>
    <message>
        <source>Range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>Sweep the rate of the chosen run&apos;s network from tiny to huge</source>
        <translation>Die Rate für das Netz des gewählten Laufs von winzig bis riesig durchfahren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Write the page or one plot as a picture</source>
        <translation>Die Seite oder ein Diagramm als Bild schreiben</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>The page as a picture on the clipboard</source>
        <translation>Die Seite als Bild in die Zwischenablage</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Vortrag</translation>
    </message>
    <message>
        <source>Large type, thick lines, only the plots</source>
        <translation>Große Schrift, dicke Linien, nur die Diagramme</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>A run that starts the same and differs in what you change</source>
        <translation>Ein Lauf, der gleich beginnt und sich im Geänderten unterscheidet</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Take the selected runs out of the study</source>
        <translation>Die ausgewählten Läufe aus der Studie nehmen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>An experiment or a study</source>
        <translation>Ein Experiment oder eine Studie</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Give the study a place of its own</source>
        <translation>Der Studie einen eigenen Ort geben</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>A copy of the study, in which it then goes on</source>
        <translation>Eine Kopie der Studie, in der es dann weitergeht</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language changes when Ratescope is started again</source>
        <translation>Die Sprache wechselt beim nächsten Start von Ratescope</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>About Ratescope</source>
        <translation>Über Ratescope</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Nothing is training</source>
        <translation>Nichts wird trainiert</translation>
    </message>
    <message>
        <source>1 run is training</source>
        <translation>1 Lauf wird trainiert</translation>
    </message>
    <message>
        <source>%1 runs are training</source>
        <translation>%1 Läufe werden trainiert</translation>
    </message>
    <message>
        <source>, %1 waiting</source>
        <translation>, %1 in Wartestellung</translation>
    </message>
    <message>
        <source> · %1 steps/s</source>
        <translation> · %1 Schritte/s</translation>
    </message>
    <message>
        <source>Unsaved study</source>
        <translation>Ungespeicherte Studie</translation>
    </message>
    <message>
        <source>Ratescope</source>
        <translation>Ratescope</translation>
    </message>
    <message>
        <source>%1 — Ratescope</source>
        <translation>%1 — Ratescope</translation>
    </message>
    <message>
        <source>Not saved yet (Ctrl+S); a working copy is kept</source>
        <translation>Noch nicht gespeichert (Strg+S); eine Arbeitskopie ist vorhanden</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>start or pause</source>
        <translation>starten oder anhalten</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>stop; leave Present</source>
        <translation>stoppen; Vortrag verlassen</translation>
    </message>
    <message>
        <source>Ctrl+N, Ctrl+D</source>
        <translation>Strg+N, Strg+D</translation>
    </message>
    <message>
        <source>new run, duplicate</source>
        <translation>neuer Lauf, duplizieren</translation>
    </message>
    <message>
        <source>Delete, F2</source>
        <translation>Entf, F2</translation>
    </message>
    <message>
        <source>delete, rename</source>
        <translation>löschen, umbenennen</translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z</source>
        <translation>Strg+Z, Strg+Umschalt+Z</translation>
    </message>
    <message>
        <source>undo, redo: runs and view</source>
        <translation>rückgängig machen, wiederherstellen: Läufe und Ansicht</translation>
    </message>
    <message>
        <source>1 – 9</source>
        <translation>1 – 9</translation>
    </message>
    <message>
        <source>show or hide a run</source>
        <translation>einen Lauf zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>H</source>
        <translation>H</translation>
    </message>
    <message>
        <source>show or hide the selected runs</source>
        <translation>die ausgewählten Läufe zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>filter the list of runs</source>
        <translation>die Liste der Läufe filtern</translation>
    </message>
    <message>
        <source>Click, Ctrl+click in the legend</source>
        <translation>Klick, Strg+Klick in der Legende</translation>
    </message>
    <message>
        <source>hide a run, show nothing else</source>
        <translation>einen Lauf ausblenden, nur ihn zeigen</translation>
    </message>
    <message>
        <source>Wheel, Ctrl+wheel</source>
        <translation>Mausrad, Strg+Mausrad</translation>
    </message>
    <message>
        <source>zoom along x, along y</source>
        <translation>entlang x zoomen, entlang y</translation>
    </message>
    <message>
        <source>Drag, Shift+drag</source>
        <translation>Ziehen, Umschalt+Ziehen</translation>
    </message>
    <message>
        <source>move a plot, zoom to a box</source>
        <translation>ein Diagramm verschieben, in einen Rahmen zoomen</translation>
    </message>
    <message>
        <source>A or double click, F</source>
        <translation>A oder Doppelklick, F</translation>
    </message>
    <message>
        <source>fit, follow or stay</source>
        <translation>einpassen, folgen oder bleiben</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>back to the view before</source>
        <translation>zurück zur vorigen Ansicht</translation>
    </message>
    <message>
        <source>Arrows, + and −</source>
        <translation>Pfeiltasten, + und −</translation>
    </message>
    <message>
        <source>move and zoom by keyboard, with Ctrl along y</source>
        <translation>mit der Tastatur verschieben und zoomen, mit Strg entlang y</translation>
    </message>
    <message>
        <source>Comma, full stop</source>
        <translation>Komma, Punkt</translation>
    </message>
    <message>
        <source>move the crosshair by keyboard</source>
        <translation>das Fadenkreuz mit der Tastatur bewegen</translation>
    </message>
    <message>
        <source>C, Shift+C, Ctrl+Backspace</source>
        <translation>C, Umschalt+C, Strg+Rücktaste</translation>
    </message>
    <message>
        <source>cursor A, cursor B, no cursors</source>
        <translation>Marke A, Marke B, keine Marken</translation>
    </message>
    <message>
        <source>L, Shift+L, Ctrl+Shift+L</source>
        <translation>L, Umschalt+L, Strg+Umschalt+L</translation>
    </message>
    <message>
        <source>logarithmic loss, rate, steps</source>
        <translation>Verlust, Rate, Schritte logarithmisch</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Strg+T</translation>
    </message>
    <message>
        <source>values as a table</source>
        <translation>Werte als Tabelle</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>present</source>
        <translation>Vortrag</translation>
    </message>
    <message>
        <source>Ctrl+E, Ctrl+Shift+C</source>
        <translation>Strg+E, Strg+Umschalt+C</translation>
    </message>
    <message>
        <source>export, copy the picture</source>
        <translation>exportieren, Bild kopieren</translation>
    </message>
    <message>
        <source>Ctrl+S, Ctrl+O</source>
        <translation>Strg+S, Strg+O</translation>
    </message>
    <message>
        <source>save, open</source>
        <translation>speichern, öffnen</translation>
    </message>
    <message>
        <source>&lt;b&gt;Ratescope %1&lt;/b&gt;&lt;p&gt;See what a learning rate does.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. It draws with QCustomPlot and computes with Eigen; MNIST is by Y. LeCun, C. Cortes and C. J. C. Burges.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Ratescope %1&lt;/b&gt;&lt;p&gt;Sehen, was eine Lernrate bewirkt.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder neuer. Gezeichnet wird mit QCustomPlot, gerechnet mit Eigen; MNIST stammt von Y. LeCun, C. Cortes und C. J. C. Burges.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>%1 is open already</source>
        <translation>%1 ist schon geöffnet</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>This file cannot be opened</source>
        <translation>Diese Datei lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>This lesson cannot be opened</source>
        <translation>Diese Lektion lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Everything is kept in %1 as it happens</source>
        <translation>Alles wird laufend in %1 festgehalten</translation>
    </message>
    <message>
        <source>Save study as</source>
        <translation>Studie speichern unter</translation>
    </message>
    <message>
        <source>Studies (*.ratescope)</source>
        <translation>Studien (*.ratescope)</translation>
    </message>
    <message>
        <source>Figure written to %1</source>
        <translation>Abbildung nach %1 geschrieben</translation>
    </message>
    <message>
        <source>The figure could not be written</source>
        <translation>Die Abbildung ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>The picture is on the clipboard</source>
        <translation>Das Bild ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>The study could not be saved</source>
        <translation>Die Studie ließ sich nicht speichern</translation>
    </message>
    <message>
        <source>Close Ratescope</source>
        <translation>Ratescope schließen</translation>
    </message>
    <message>
        <source>Save the runs before closing?</source>
        <translation>Die Läufe vor dem Schließen speichern?</translation>
    </message>
    <message>
        <source>Runs are still training.</source>
        <translation>Es wird noch trainiert.</translation>
    </message>
    <message>
        <source>Runs that are still training will be stopped; what they did so far is kept.</source>
        <translation>Läufe, die noch trainiert werden, werden gestoppt; was sie bis dahin getan haben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Stoppen und schließen</translation>
    </message>
    <message>
        <source>Not everything could be saved</source>
        <translation>Nicht alles ließ sich speichern</translation>
    </message>
    <message>
        <source>The runs are still in memory. Save them somewhere else, or close and lose what is not on disk.</source>
        <translation>Die Läufe sind noch im Arbeitsspeicher. Sie lassen sich woanders speichern; beim Schließen geht verloren, was nicht auf der Platte ist.</translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation>Woanders speichern …</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>Panels on this side</source>
        <translation>Bereiche auf dieser Seite</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
    <message>
        <source>A run that goes on from where this one is, or was, with a rate of its own</source>
        <translation>Ein Lauf, der von da aus weitergeht, wo dieser ist oder war, mit einer eigenen Rate</translation>
    </message>
    <message>
        <source>Draw the rate</source>
        <translation>Rate zeichnen</translation>
    </message>
    <message>
        <source>Handles on the rate plot: the chosen run&apos;s schedule by hand, also while it goes on</source>
        <translation>Griffe im Diagramm der Rate: der Lernratenplan des gewählten Laufs von Hand, auch während er weitergeht</translation>
    </message>
    <message>
        <source>New run with the rates used</source>
        <translation>Neuer Lauf mit den benutzten Raten</translation>
    </message>
    <message>
        <source>What this run has used, drawn by hand or not, as the schedule of another</source>
        <translation>Die Raten, die dieser Lauf hatte, von Hand gezeichnet oder nicht, als Lernratenplan eines anderen</translation>
    </message>
    <message>
        <source>Compare schedules…</source>
        <translation>Lernratenpläne vergleichen…</translation>
    </message>
    <message>
        <source>Any number of schedules over each other, before anything is trained</source>
        <translation>Beliebig viele Lernratenpläne übereinander, bevor etwas trainiert wird</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Strg+B</translation>
    </message>
    <message>
        <source>fork</source>
        <translation>abzweigen</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>draw the rate by hand: handles on the rate plot</source>
        <translation>die Rate von Hand zeichnen: Griffe im Diagramm der Rate</translation>
    </message>
    <message>
        <source>[ and ], arrows, Insert, Delete</source>
        <translation>[ und ], Pfeiltasten, Einfg, Entf</translation>
    </message>
    <message>
        <source>handles by keyboard: choose, move, add, delete</source>
        <translation>Griffe mit der Tastatur: wählen, bewegen, hinzufügen, löschen</translation>
    </message>
    <message>
        <source>Ctrl+R, Ctrl+Shift+R</source>
        <translation>Strg+R, Strg+Umschalt+R</translation>
    </message>
    <message>
        <source>range test, compare schedules</source>
        <translation>Lernratentest, Lernratenpläne vergleichen</translation>
    </message>
    <message>
        <source>New runs with these schedules are ready: press Start.</source>
        <translation>Neue Läufe mit diesen Lernratenplänen sind bereit: „Start“ drücken.</translation>
    </message>
    <message>
        <source>“%1” has that schedule now</source>
        <translation>„%1“ hat jetzt diesen Lernratenplan</translation>
    </message>
    <message>
        <source>A fork at step %1: the same weights, the same batches. Change its rate and press Start.</source>
        <translation>Eine Abzweigung bei Schritt %1: dieselben Gewichte, dieselben Batches. Ihre Rate ändern und „Start“ drücken.</translation>
    </message>
    <message>
        <source>%1: the rate %2</source>
        <translation>%1: Die Rate %2</translation>
    </message>
    <message>
        <source>A run whose schedule is what “%1” has used.</source>
        <translation>Ein Lauf mit den Raten, die „%1“ hatte, als Lernratenplan.</translation>
    </message>
    <message>
        <source>Drag the handles on the rate plot; a click on the line adds one, Delete takes one away.</source>
        <translation>Die Griffe im Diagramm der Rate ziehen; ein Klick auf die Linie fügt einen hinzu, Entf entfernt einen.</translation>
    </message>
    <message>
        <source>Fork “%1” at step %2</source>
        <translation>Von „%1“ bei Schritt %2 abzweigen</translation>
    </message>
    <message>
        <source>Schedule as code…</source>
        <translation>Lernratenplan als Code …</translation>
    </message>
    <message>
        <source>The chosen run&apos;s optimizer and schedule for PyTorch or Keras</source>
        <translation>Optimierer und Lernratenplan des gewählten Laufs für PyTorch oder Keras</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Range tests</source>
        <translation>Lernratentests</translation>
    </message>
    <message>
        <source>Range test now</source>
        <translation>Lernratentest jetzt</translation>
    </message>
    <message>
        <source>One sweep of the chosen run&apos;s network</source>
        <translation>Ein Durchlauf mit dem Netz des gewählten Laufs</translation>
    </message>
    <message>
        <source>Range test…</source>
        <translation>Lernratentest …</translation>
    </message>
    <message>
        <source>Its kind, rates, seeds and start</source>
        <translation>Seine Art, Raten, Startwerte und sein Anfang</translation>
    </message>
    <message>
        <source>Over 5 seeds</source>
        <translation>Über 5 Startwerte</translation>
    </message>
    <message>
        <source>The same sweep with five seeds: how far the suggestions depend on chance</source>
        <translation>Derselbe Durchlauf mit fünf Startwerten: wie weit die Vorschläge vom Zufall abhängen</translation>
    </message>
    <message>
        <source>Fresh start beside it</source>
        <translation>Neustart daneben</translation>
    </message>
    <message>
        <source>A sweep, and a test in which every rate begins with the same weights</source>
        <translation>Ein Durchlauf, und ein Test, in dem jede Rate mit denselben Gewichten beginnt</translation>
    </message>
    <message>
        <source>Sensitivity sweep…</source>
        <translation>Empfindlichkeitstest …</translation>
    </message>
    <message>
        <source>What training with each rate ends with</source>
        <translation>Womit das Training bei jeder Rate endet</translation>
    </message>
    <message>
        <source>Halving…</source>
        <translation>Halbierung …</translation>
    </message>
    <message>
        <source>From a large rate down by halves until it holds</source>
        <translation>Von einer großen Rate um Hälften hinab, bis sie hält</translation>
    </message>
    <message>
        <source>Runs that differ in their seed alone are drawn as their median now, with the middle half of them.</source>
        <translation>Läufe, die sich allein im Startwert unterscheiden, werden jetzt als ihr Median gezeichnet, mit der mittleren Hälfte.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) try the suggested rates.</source>
        <translation>
            <numerusform>%n Lauf probiert die vorgeschlagenen Raten.</numerusform>
            <numerusform>%n Läufe probieren die vorgeschlagenen Raten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Use %1 in “%2”</source>
        <translation>%1 in „%2“ verwenden</translation>
    </message>
    <message>
        <source>Use %1 in a new run</source>
        <translation>%1 in einem neuen Lauf verwenden</translation>
    </message>
    <message>
        <source>Marker at %1</source>
        <translation>Marke bei %1</translation>
    </message>
    <message>
        <source>The formula of “%1” speaks of no lr: there is nothing to put a rate into.</source>
        <translation>In der Formel von „%1“ kommt kein lr vor: Es gibt nichts, worin eine Rate stehen könnte.</translation>
    </message>
    <message>
        <source>“%1” has %2 in its schedule now</source>
        <translation>„%1“ hat jetzt %2 in seinem Lernratenplan</translation>
    </message>
    <message>
        <source>“%1” has %2 in its schedule: press Start.</source>
        <translation>„%1“ hat %2 in seinem Lernratenplan: Drücken Sie Start.</translation>
    </message>
    <message>
        <source>This work is open in another window</source>
        <translation>Diese Arbeit ist in einem anderen Fenster geöffnet</translation>
    </message>
    <message>
        <source>Import with columns…</source>
        <translation>Mit Spalten importieren …</translation>
    </message>
    <message>
        <source>Another program&apos;s log, of which you say what its columns mean</source>
        <translation>Das Protokoll eines anderen Programms, von dem Sie sagen, was seine Spalten bedeuten</translation>
    </message>
    <message>
        <source>Experiments, studies, exported figures, curves and logs (*.json *.ratescope *.png *.svg *.pdf *.csv *.tsv *.txt *tfevents*)</source>
        <translation>Experimente, Studien, exportierte Abbildungen, Kurven und Protokolle (*.json *.ratescope *.png *.svg *.pdf *.csv *.tsv *.txt *tfevents*)</translation>
    </message>
    <message>
        <source>Import with columns</source>
        <translation>Mit Spalten importieren</translation>
    </message>
    <message>
        <source>Logs of training (*.csv *.tsv *.txt *.log *tfevents*)</source>
        <translation>Protokolle von Trainings (*.csv *.tsv *.txt *.log *tfevents*)</translation>
    </message>
</context>
<context>
    <name>ratescope::MilestonesEdit</name>
    <message>
        <source>such as 30, 60, 80</source>
        <translation>etwa 30, 60, 80</translation>
    </message>
    <message>
        <source>Milestones</source>
        <translation>Meilensteine</translation>
    </message>
</context>
<context>
    <name>ratescope::NotesPanel</name>
    <message>
        <source>Notes of the study</source>
        <translation>Notizen zur Studie</translation>
    </message>
    <message>
        <source>Double-click to write notes.</source>
        <translation>Zum Schreiben von Notizen doppelklicken.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Title of the study</source>
        <translation>Titel der Studie</translation>
    </message>
    <message>
        <source>What this study shows, in Markdown: **bold**, *italic*, # heading, - list</source>
        <translation>Was diese Studie zeigt, in Markdown: **fett**, *kursiv*, # Überschrift, - Liste</translation>
    </message>
    <message>
        <source>Notes of the study, in Markdown</source>
        <translation>Notizen zur Studie, in Markdown</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Keep what is written (Esc)</source>
        <translation>Geschriebenes behalten (Esc)</translation>
    </message>
    <message>
        <source>Write title and notes</source>
        <translation>Titel und Notizen schreiben</translation>
    </message>
</context>
<context>
    <name>ratescope::NumberEdit</name>
    <message>
        <source>Up and Down change it by a tenth of a decade</source>
        <translation>Pfeil auf und Pfeil ab ändern um eine Zehnteldekade</translation>
    </message>
</context>
<context>
    <name>ratescope::ParameterForm</name>
    <message>
        <source>to the end</source>
        <translation>bis zum Ende</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1, Schieberegler</translation>
    </message>
</context>
<context>
    <name>ratescope::PartsEdit</name>
    <message>
        <source>Add a part</source>
        <translation>Teil hinzufügen</translation>
    </message>
    <message>
        <source>Remove the part</source>
        <translation>Teil entfernen</translation>
    </message>
    <message>
        <source>Move the part up</source>
        <translation>Teil nach oben</translation>
    </message>
    <message>
        <source>Move the part down</source>
        <translation>Teil nach unten</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Length of the part</source>
        <translation>Länge des Teils</translation>
    </message>
    <message>
        <source>How long its turn lasts, in the unit of the sequence</source>
        <translation>Wie lange er an der Reihe ist, in der Einheit der Abfolge</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>Dauert</translation>
    </message>
    <message>
        <source>to the end</source>
        <translation>bis zum Ende</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
</context>
<context>
    <name>ratescope::PlotPage</name>
    <message>
        <source>Fit and follow</source>
        <translation>Einpassen und folgen</translation>
    </message>
    <message>
        <source>Back to the view before</source>
        <translation>Zurück zur vorigen Ansicht</translation>
    </message>
    <message>
        <source>Set cursor A here</source>
        <translation>Marke A hier setzen</translation>
    </message>
    <message>
        <source>Set cursor B here</source>
        <translation>Marke B hier setzen</translation>
    </message>
    <message>
        <source>Remove the cursors</source>
        <translation>Marken entfernen</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Arrow keys move the plot, plus and minus zoom, comma and full stop move the crosshair</source>
        <translation>Pfeiltasten verschieben das Diagramm, Plus und Minus zoomen, Komma und Punkt bewegen das Fadenkreuz</translation>
    </message>
    <message>
        <source>Loss and learning rate over steps, and range tests, of the visible runs</source>
        <translation>Verlust und Lernrate über den Schritten sowie Lernratentests der sichtbaren Läufe</translation>
    </message>
    <message>
        <source>Delete this handle</source>
        <translation>Diesen Griff löschen</translation>
    </message>
</context>
<context>
    <name>ratescope::RangeTestDialog</name>
    <message>
        <source>Also from a fresh start at each rate</source>
        <translation>Auch mit Neustart bei jeder Rate</translation>
    </message>
    <message>
        <source>Steps per rate of the fresh start</source>
        <translation>Schritte je Rate des Neustarts</translation>
    </message>
    <message>
        <source>Number of seeds</source>
        <translation>Anzahl der Startwerte</translation>
    </message>
    <message>
        <source>Training samples of the range test</source>
        <translation>Trainingsbeispiele des Lernratentests</translation>
    </message>
    <message>
        <source>Range test of “%1”</source>
        <translation>Lernratentest von „%1“</translation>
    </message>
    <message>
        <source>Range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>A second test of the same rates, in which none inherits what smaller ones have learned</source>
        <translation>Ein zweiter Test derselben Raten, in dem keine erbt, was kleinere gelernt haben</translation>
    </message>
    <message>
        <source>an epoch</source>
        <translation>eine Epoche</translation>
    </message>
    <message>
        <source>The run&apos;s seed and those after it: how far the suggestions depend on chance</source>
        <translation>Der Startwert des Laufs und die danach: wie weit die Vorschläge vom Zufall abhängen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Only the first so many of the samples that are not held out</source>
        <translation>Nur die ersten so vielen der Beispiele, die nicht zurückgehalten werden</translation>
    </message>
    <message>
        <source>Weights to begin with</source>
        <translation>Gewichte am Anfang</translation>
    </message>
    <message>
        <source>new weights</source>
        <translation>neuen Gewichten</translation>
    </message>
    <message>
        <source>“%1” after step %2</source>
        <translation>„%1“ nach Schritt %2</translation>
    </message>
    <message>
        <source>“%1” where it has ended</source>
        <translation>„%1“, wo er geendet hat</translation>
    </message>
    <message>
        <source>Its steps per rate</source>
        <translation>Dessen Schritte je Rate</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>Training samples</source>
        <translation>Trainingsbeispiele</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>Beginnt mit</translation>
    </message>
    <message>
        <source>How much that is</source>
        <translation>Wie viel das ist</translation>
    </message>
    <message>
        <source>What is wrong with the range test</source>
        <translation>Was am Lernratentest falsch ist</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 rates, %2 tests: %3 steps in all</source>
        <translation>%1 Raten, %2 Tests: zusammen %3 Schritte</translation>
    </message>
    <message numerus="yes">
        <source>%n rate(s)</source>
        <translation>
            <numerusform>%n Rate</numerusform>
            <numerusform>%n Raten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n Startwert</numerusform>
            <numerusform>%n Startwerte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 = %2 steps</source>
        <translation>%1 = %2 Schritte</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>Höchstens %1</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>unter einer Sekunde</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>etwa %1 h</translation>
    </message>
</context>
<context>
    <name>ratescope::RangeTestForm</name>
    <message>
        <source>One training in which the rate rises with every step.</source>
        <translation>Ein Training, in dem die Rate mit jedem Schritt steigt.</translation>
    </message>
    <message>
        <source>Each rate trains a few steps from the same weights: none inherits what smaller rates have learned.</source>
        <translation>Jede Rate trainiert einige Schritte von denselben Gewichten aus: Keine erbt, was kleinere gelernt haben.</translation>
    </message>
    <message>
        <source>From the largest rate down by halves, each from the same weights, until one does not diverge.</source>
        <translation>Von der größten Rate um Hälften hinab, jede von denselben Gewichten aus, bis eine nicht divergiert.</translation>
    </message>
    <message>
        <source>Each rate trains for as long as you choose, from the same weights: what it ends with is the curve.</source>
        <translation>Jede Rate trainiert, so lange Sie wollen, von denselben Gewichten aus: Womit sie endet, ist die Kurve.</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Durchlauf</translation>
    </message>
    <message>
        <source>Fresh start at each rate</source>
        <translation>Neustart bei jeder Rate</translation>
    </message>
    <message>
        <source>Halving</source>
        <translation>Halbierung</translation>
    </message>
    <message>
        <source>Sensitivity sweep</source>
        <translation>Empfindlichkeitstest</translation>
    </message>
    <message>
        <source>Number of rates</source>
        <translation>Anzahl der Raten</translation>
    </message>
    <message>
        <source>Steps per rate</source>
        <translation>Schritte je Rate</translation>
    </message>
    <message>
        <source>Validation samples of the range test</source>
        <translation>Validierungsbeispiele des Lernratentests</translation>
    </message>
    <message>
        <source>Smoothing of the range test</source>
        <translation>Glättung des Lernratentests</translation>
    </message>
    <message>
        <source>Kind of range test</source>
        <translation>Art des Lernratentests</translation>
    </message>
    <message>
        <source>First rate</source>
        <translation>Erste Rate</translation>
    </message>
    <message>
        <source>Last rate</source>
        <translation>Letzte Rate</translation>
    </message>
    <message>
        <source>Number of rates, at most</source>
        <translation>Anzahl der Raten, höchstens</translation>
    </message>
    <message>
        <source>Spacing of the rates</source>
        <translation>Abstand der Raten</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>exponentiell</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>an epoch</source>
        <translation>eine Epoche</translation>
    </message>
    <message>
        <source>So many updates at each rate; 0: an epoch&apos;s</source>
        <translation>So viele Schritte bei jeder Rate; 0: die einer Epoche</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>So many of the samples that are held out are asked after each rate; 0: none</source>
        <translation>So viele der zurückgehaltenen Beispiele werden nach jeder Rate gefragt; 0: keine</translation>
    </message>
    <message>
        <source>Stop factor</source>
        <translation>Stoppfaktor</translation>
    </message>
    <message>
        <source>The test ends where the smoothed loss exceeds this times its best</source>
        <translation>Der Test endet, wo der geglättete Verlust das Sovielfache seines besten übersteigt</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>Raten</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Validation samples</source>
        <translation>Validierungsbeispiele</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>Stopp bei</translation>
    </message>
    <message numerus="yes">
        <source>at most %n</source>
        <translation>
            <numerusform>höchstens %n</numerusform>
            <numerusform>höchstens %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RecoveryDialog</name>
    <message>
        <source>Unsaved work</source>
        <translation>Ungespeicherte Arbeit</translation>
    </message>
    <message>
        <source>Ratescope ended before this was saved. What was trained is still here.</source>
        <translation>Ratescope wurde beendet, bevor dies gespeichert war. Was trainiert wurde, ist noch da.</translation>
    </message>
    <message>
        <source>Unsaved work from earlier starts</source>
        <translation>Ungespeicherte Arbeit früherer Starts</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>It stays where it is and is offered again</source>
        <translation>Sie bleibt, wo sie ist, und wird wieder angeboten</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n unsaved study(s) for good?</source>
        <translation>
            <numerusform>%n ungespeicherte Studie endgültig löschen?</numerusform>
            <numerusform>%n ungespeicherte Studien endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ratescope::RunController</name>
    <message>
        <source>Runs start from each other in a circle</source>
        <translation>Läufe beginnen im Kreis mit den Gewichten der jeweils anderen</translation>
    </message>
    <message>
        <source>There is not enough memory for this run; a smaller network or batch may fit.</source>
        <translation>Für diesen Lauf reicht der Arbeitsspeicher nicht; ein kleineres Netz oder ein kleinerer Batch könnte passen.</translation>
    </message>
    <message>
        <source>Diverged at step %1</source>
        <translation>Divergiert bei Schritt %1</translation>
    </message>
    <message>
        <source>A range test cannot be forked: it ends where it began.</source>
        <translation>Von einem Lernratentest lässt sich nicht abzweigen: Er endet, wo er begann.</translation>
    </message>
    <message>
        <source>A run whose batch grows cannot be forked.</source>
        <translation>Von einem Lauf mit wachsendem Batch lässt sich nicht abzweigen.</translation>
    </message>
    <message>
        <source>%1, fork</source>
        <translation>%1, Abzweigung</translation>
    </message>
</context>
<context>
    <name>ratescope::RunGroupModel</name>
    <message>
        <source>Mean of the group&apos;s runs</source>
        <translation>Mittel der Läufe der Gruppe</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ratescope::RunListActions</name>
    <message numerus="yes">
        <source>showing of %n run(s)</source>
        <translation>
            <numerusform>Einblenden von %n Lauf</numerusform>
            <numerusform>Einblenden von %n Läufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>hiding of %n run(s)</source>
        <translation>
            <numerusform>Ausblenden von %n Lauf</numerusform>
            <numerusform>Ausblenden von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>hiding of the other runs</source>
        <translation>Ausblenden der übrigen Läufe</translation>
    </message>
    <message>
        <source>showing of all runs</source>
        <translation>Einblenden aller Läufe</translation>
    </message>
    <message>
        <source>hiding of all runs</source>
        <translation>Ausblenden aller Läufe</translation>
    </message>
    <message>
        <source>exchange of shown and hidden runs</source>
        <translation>Vertauschen der ein- und ausgeblendeten Läufe</translation>
    </message>
    <message numerus="yes">
        <source>colour of %n run(s)</source>
        <translation>
            <numerusform>Farbe von %n Lauf</numerusform>
            <numerusform>Farbe von %n Läufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>line of %n run(s)</source>
        <translation>
            <numerusform>Linie von %n Lauf</numerusform>
            <numerusform>Linie von %n Läufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Colour of %n run(s)</source>
        <translation>
            <numerusform>Farbe von %n Lauf</numerusform>
            <numerusform>Farbe von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Solid</source>
        <translation>Durchgezogen</translation>
    </message>
    <message>
        <source>Dashed</source>
        <translation>Gestrichelt</translation>
    </message>
    <message>
        <source>Dotted</source>
        <translation>Gepunktet</translation>
    </message>
    <message>
        <source>Dash and dot</source>
        <translation>Strichpunktiert</translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation>Farbe …</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>Nur diese zeigen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Hide all</source>
        <translation>Alle ausblenden</translation>
    </message>
    <message>
        <source>Exchange shown and hidden</source>
        <translation>Ein- und ausgeblendete tauschen</translation>
    </message>
    <message>
        <source>Difference to this run</source>
        <translation>Differenz zu diesem Lauf</translation>
    </message>
    <message>
        <source>No other run shares initial weights and batch order with it</source>
        <translation>Kein anderer Lauf hat Anfangsgewichte und Reihenfolge der Batches mit ihm gemeinsam</translation>
    </message>
</context>
<context>
    <name>ratescope::RunListColumns</name>
    <message>
        <source>As many as fit</source>
        <translation>So viele, wie passen</translation>
    </message>
    <message>
        <source>As the runs were made</source>
        <translation>Wie die Läufe entstanden</translation>
    </message>
</context>
<context>
    <name>ratescope::RunListModel</name>
    <message>
        <source>%1 — the box shows or hides its curves</source>
        <translation>%1 – das Kästchen zeigt die Kurven oder blendet sie aus</translation>
    </message>
    <message>
        <source>Epochs trained so far</source>
        <translation>Bisher trainierte Epochen</translation>
    </message>
    <message>
        <source>Learning rate of the last step</source>
        <translation>Lernrate des letzten Schritts</translation>
    </message>
    <message>
        <source>Mean loss of the last batches</source>
        <translation>Mittlerer Verlust der letzten Batches</translation>
    </message>
    <message>
        <source>Accuracy on the validation set after the last epoch</source>
        <translation>Genauigkeit auf der Validierungsmenge nach der letzten Epoche</translation>
    </message>
    <message>
        <source>Samples trained a second, evaluation left out</source>
        <translation>Trainierte Beispiele je Sekunde, ohne die Auswertung</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 von %2 Schritten</translation>
    </message>
    <message>
        <source>%1
Test loss %2, accuracy %3</source>
        <translation>%1
Testverlust %2, Genauigkeit %3</translation>
    </message>
    <message>
        <source>%1, shown</source>
        <translation>%1, eingeblendet</translation>
    </message>
    <message>
        <source>%1, hidden</source>
        <translation>%1, ausgeblendet</translation>
    </message>
    <message>
        <source>%1: the runs differ in it</source>
        <translation>%1: Darin unterscheiden sich die Läufe</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Val. acc.</source>
        <translation>Val.-Gen.</translation>
    </message>
    <message>
        <source>Samples/s</source>
        <translation>Beispiele/s</translation>
    </message>
    <message>
        <source>The name “%1” %2.</source>
        <translation>Der Name „%1“ %2.</translation>
    </message>
</context>
<context>
    <name>ratescope::RunListPanel</name>
    <message>
        <source>Filter: words, lr=0.1, optimizer=adam, batch_size&gt;64</source>
        <translation>Filter: Wörter, lr=0.1, optimizer=adam, batch_size&gt;64</translation>
    </message>
    <message>
        <source>Every word has to be part of the name or the state, or to hold a key of the configuration against a value with =, !=, &lt;, &lt;=, &gt; or &gt;=. (Ctrl+F)</source>
        <translation>Jedes Wort muss im Namen oder im Zustand vorkommen oder einen Schlüssel der Konfiguration mit einem Wert vergleichen, mit =, !=, &lt;, &lt;=, &gt; oder &gt;=. (Strg+F)</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>Filter der Läufe</translation>
    </message>
    <message>
        <source>Puts runs together that have this in common.</source>
        <translation>Fasst Läufe zusammen, die dies gemeinsam haben.</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>How many runs match the filter</source>
        <translation>Wie viele Läufe der Filter trifft</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>The runs with their state and figures. F2 renames, the menu key opens the menu.</source>
        <translation>Die Läufe mit Zustand und Kennzahlen. F2 benennt um, die Menütaste öffnet das Menü.</translation>
    </message>
    <message>
        <source>Columns of the runs</source>
        <translation>Spalten der Läufe</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 von %n Lauf</numerusform>
            <numerusform>%1 von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>Group by seeds</source>
        <translation>Nach Startwerten gruppieren</translation>
    </message>
    <message>
        <source>Group by state</source>
        <translation>Nach Zustand gruppieren</translation>
    </message>
    <message>
        <source>Group by network</source>
        <translation>Nach Netz gruppieren</translation>
    </message>
    <message>
        <source>Group by optimizer</source>
        <translation>Nach Optimierer gruppieren</translation>
    </message>
    <message>
        <source>Group by schedule</source>
        <translation>Nach Lernratenplan gruppieren</translation>
    </message>
    <message>
        <source>Group by %1</source>
        <translation>Nach %1 gruppieren</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>ratescope::ScheduleCard</name>
    <message>
        <source>%1, chosen</source>
        <translation>%1, gewählt</translation>
    </message>
</context>
<context>
    <name>ratescope::ScheduleComparison</name>
    <message>
        <source>No run is selected that has not begun</source>
        <translation>Kein Lauf ist ausgewählt, der noch nicht begonnen hat</translation>
    </message>
    <message>
        <source>Changes the schedule of “%1”</source>
        <translation>Ändert den Lernratenplan von „%1“</translation>
    </message>
    <message>
        <source>Compare schedules</source>
        <translation>Lernratenpläne vergleichen</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>Lernratenpläne</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Another schedule, from the gallery</source>
        <translation>Ein weiterer Lernratenplan, aus der Galerie</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>The same schedule once more</source>
        <translation>Denselben Lernratenplan noch einmal</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Another colour for the schedule</source>
        <translation>Eine andere Farbe für den Lernratenplan</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take the schedule out of the list</source>
        <translation>Den Lernratenplan aus der Liste nehmen</translation>
    </message>
    <message>
        <source>What is wrong with the schedule</source>
        <translation>Was am Lernratenplan falsch ist</translation>
    </message>
    <message>
        <source>Length of the schedules</source>
        <translation>Länge der Lernratenpläne</translation>
    </message>
    <message>
        <source>Epochs or steps</source>
        <translation>Epochen oder Schritte</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>What the plot&apos;s x axis counts</source>
        <translation>Was die x-Achse des Diagramms zählt</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>The rate on a logarithmic axis</source>
        <translation>Die Rate auf einer logarithmischen Achse</translation>
    </message>
    <message>
        <source>Logarithmic rate axis</source>
        <translation>Logarithmische Achse der Rate</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>x axis in</source>
        <translation>x-Achse in</translation>
    </message>
    <message>
        <source>About the schedule</source>
        <translation>Zum Lernratenplan</translation>
    </message>
    <message>
        <source>New runs</source>
        <translation>Neue Läufe</translation>
    </message>
    <message>
        <source>A run for each schedule that is shown, otherwise like the selected run, and as long as it is here</source>
        <translation>Ein Lauf für jeden Lernratenplan, der gezeigt wird, sonst wie der ausgewählte Lauf und so lang wie hier</translation>
    </message>
    <message>
        <source>Use in the run</source>
        <translation>Im Lauf verwenden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ratescope::ScheduleEditor</name>
    <message>
        <source>Turn into handles</source>
        <translation>In Griffe umwandeln</translation>
    </message>
    <message>
        <source>The same curve, drawn by handles that can be moved one by one</source>
        <translation>Dieselbe Kurve, gezeichnet von Griffen, die sich einzeln bewegen lassen</translation>
    </message>
    <message>
        <source>Drops at</source>
        <translation>Stufen bei</translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation>Zeiteinheit</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>epochs, whole</source>
        <translation>ganze Epochen</translation>
    </message>
    <message>
        <source>epochs, fractional</source>
        <translation>anteilige Epochen</translation>
    </message>
    <message>
        <source>Time in</source>
        <translation>Zeit in</translation>
    </message>
    <message>
        <source>Grow the batch instead</source>
        <translation>Batch wächst stattdessen</translation>
    </message>
    <message>
        <source>The rate stays, and the batch grows as the rate would have fallen; at the largest batch the rate falls after all</source>
        <translation>Die Rate bleibt, und der Batch wächst, wie die Rate gefallen wäre; ab dem größten Batch fällt die Rate doch</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>Größter Batch</translation>
    </message>
    <message>
        <source>a tenth of the samples</source>
        <translation>ein Zehntel der Beispiele</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>Bis zu</translation>
    </message>
</context>
<context>
    <name>ratescope::ScheduleGallery</name>
    <message>
        <source>Choose a schedule</source>
        <translation>Lernratenplan wählen</translation>
    </message>
    <message>
        <source>Compare schedules…</source>
        <translation>Lernratenpläne vergleichen…</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>Konstant</translation>
    </message>
    <message>
        <source>Decays</source>
        <translation>Abfallend</translation>
    </message>
    <message>
        <source>Restarts and cycles</source>
        <translation>Neustarts und Zyklen</translation>
    </message>
    <message>
        <source>Warm-ups</source>
        <translation>Mit Aufwärmen</translation>
    </message>
    <message>
        <source>By the data</source>
        <translation>Von den Daten bestimmt</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Eigene</translation>
    </message>
</context>
<context>
    <name>ratescope::SchedulePlot</name>
    <message>
        <source>Plot of the schedules</source>
        <translation>Diagramm der Lernratenpläne</translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s)</source>
        <translation>
            <numerusform>%n Lernratenplan</numerusform>
            <numerusform>%n Lernratenpläne</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts zu zeigen</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>step %1, epoch %2</source>
        <translation>Schritt %1, Epoche %2</translation>
    </message>
</context>
<context>
    <name>ratescope::SchedulePreview</name>
    <message>
        <source>Preview of the schedule</source>
        <translation>Vorschau des Lernratenplans</translation>
    </message>
    <message>
        <source>From %1 at the first step to %2 at the last</source>
        <translation>Von %1 beim ersten Schritt bis %2 beim letzten</translation>
    </message>
    <message>
        <source>Plot of the schedule</source>
        <translation>Diagramm des Lernratenplans</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>The rate on a logarithmic axis</source>
        <translation>Die Rate auf einer logarithmischen Achse</translation>
    </message>
    <message>
        <source>Logarithmic rate axis</source>
        <translation>Logarithmische Achse der Rate</translation>
    </message>
    <message>
        <source>About the schedule</source>
        <translation>Zum Lernratenplan</translation>
    </message>
    <message>
        <source>What is questionable about the schedule</source>
        <translation>Was am Lernratenplan fragwürdig ist</translation>
    </message>
</context>
<context>
    <name>ratescope::StartForm</name>
    <message>
        <source>New last layer</source>
        <translation>Neue letzte Schicht</translation>
    </message>
    <message>
        <source>First weights</source>
        <translation>Erste Gewichte</translation>
    </message>
    <message>
        <source>Drawn from the seed, or those that another run ended with, or a safetensors file&apos;s</source>
        <translation>Aus dem Startwert gezogen, oder die, mit denen ein anderer Lauf endete, oder die einer safetensors-Datei</translation>
    </message>
    <message>
        <source>Draw the last layer&apos;s weights anew, for other classes than those it was trained on</source>
        <translation>Die Gewichte der letzten Schicht neu ziehen, für andere Klassen als die, auf denen sie trainiert wurde</translation>
    </message>
    <message>
        <source>Layer rates</source>
        <translation>Schichtraten</translation>
    </message>
    <message>
        <source>1 for all</source>
        <translation>1 für alle</translation>
    </message>
    <message>
        <source>What multiplies the rate for each layer with weights, input side first: 0, 0.1, 1. 0 freezes a layer.</source>
        <translation>Womit die Rate für jede Schicht mit Gewichten multipliziert wird, von der Eingabe an: 0, 0.1, 1. Eine 0 friert die Schicht ein.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>drawn from the seed</source>
        <translation>aus dem Startwert gezogen</translation>
    </message>
    <message>
        <source>of “%1”</source>
        <translation>von „%1“</translation>
    </message>
    <message>
        <source>of a file…</source>
        <translation>aus einer Datei …</translation>
    </message>
    <message>
        <source>Weights to start from</source>
        <translation>Gewichte, mit denen begonnen wird</translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation>Gewichte (*.safetensors)</translation>
    </message>
</context>
<context>
    <name>ratescope::StartPage</name>
    <message>
        <source>See what a learning rate does</source>
        <translation>Sehen, was eine Lernrate bewirkt</translation>
    </message>
    <message>
        <source>Small networks, real handwritten digits, and three plots that move while they learn.</source>
        <translation>Kleine Netze, echte handgeschriebene Ziffern und drei Diagramme, die sich beim Lernen bewegen.</translation>
    </message>
    <message>
        <source>Watch a network learn</source>
        <translation>Ein Netz lernen sehen</translation>
    </message>
    <message>
        <source>Three learning rates on the same network, the same start and the same batches, side by side.</source>
        <translation>Drei Lernraten am selben Netz, mit demselben Anfang und denselben Batches, nebeneinander.</translation>
    </message>
    <message>
        <source>Find a learning rate</source>
        <translation>Eine Lernrate finden</translation>
    </message>
    <message>
        <source>A range test: the rate sweeps from tiny to huge, and the slope of the loss shows where it works.</source>
        <translation>Ein Lernratentest: Die Rate durchläuft winzige bis riesige Werte, und die Steigung des Verlusts zeigt, wo sie taugt.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>An experiment (*.json) to train, or a study (*.ratescope) with its curves.</source>
        <translation>Ein Experiment (*.json) zum Trainieren oder eine Studie (*.ratescope) mit ihren Kurven.</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lektionen</translation>
    </message>
    <message>
        <source>Unsaved work from an earlier start</source>
        <translation>Nicht gespeicherte Arbeit von einem früheren Start</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>Files that you open or save appear here.</source>
        <translation>Geöffnete und gespeicherte Dateien erscheinen hier.</translation>
    </message>
</context>
<context>
    <name>ratescope::StoppingForm</name>
    <message>
        <source>Stop early</source>
        <translation>Vorzeitig beenden</translation>
    </message>
    <message>
        <source>Patience in epochs</source>
        <translation>Geduld in Epochen</translation>
    </message>
    <message>
        <source>End with the best weights</source>
        <translation>Mit besten Gewichten enden</translation>
    </message>
    <message>
        <source>Snapshot at each cycle&apos;s end</source>
        <translation>Momentaufnahme je Zyklusende</translation>
    </message>
    <message>
        <source>End the run once the watched figure has become no better for some epochs</source>
        <translation>Den Lauf beenden, sobald die beobachtete Größe einige Epochen lang nicht besser geworden ist</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>validation accuracy</source>
        <translation>Validierungsgenauigkeit</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Watched figure</source>
        <translation>Beobachtete Größe</translation>
    </message>
    <message>
        <source>So many epochs in a row may be no better</source>
        <translation>So viele Epochen in Folge dürfen ohne Verbesserung bleiben</translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation>Kleinste Verbesserung</translation>
    </message>
    <message>
        <source>Better means by more than this</source>
        <translation>Besser heißt: um mehr als dies</translation>
    </message>
    <message>
        <source>The weights of the best epoch are what is tested and kept</source>
        <translation>Getestet und behalten werden die Gewichte der besten Epoche</translation>
    </message>
    <message>
        <source>Keep the weights at the end of each cycle; at the end the test set is asked of each and of all together</source>
        <translation>Die Gewichte am Ende jedes Zyklus behalten; am Schluss werden sie einzeln und alle zusammen auf der Testmenge geprüft</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
</context>
<context>
    <name>ratescope::StudySession</name>
    <message>
        <source>1 run, %1</source>
        <translation>1 Lauf, %1</translation>
    </message>
    <message>
        <source>%1 runs, %2</source>
        <translation>%1 Läufe, %2</translation>
    </message>
</context>
<context>
    <name>ratescope::SuggestionsPanel</name>
    <message>
        <source>No range test speaks for this run yet: “Range test” in the tool bar makes one. It needs the same data, network, loss, optimizer and batch size.</source>
        <translation>Für diesen Lauf spricht noch kein Lernratentest: „Lernratentest“ in der Werkzeugleiste macht einen. Er braucht dieselben Daten, dasselbe Netz, denselben Verlust, Optimierer und dieselbe Batchgröße.</translation>
    </message>
    <message>
        <source>Range test that is shown</source>
        <translation>Gezeigter Lernratentest</translation>
    </message>
    <message>
        <source>What kind of range test it is</source>
        <translation>Was für ein Lernratentest es ist</translation>
    </message>
    <message>
        <source>Suggested rates</source>
        <translation>Vorgeschlagene Raten</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Over seeds</source>
        <translation>Über Startwerte</translation>
    </message>
    <message>
        <source>× ⅓</source>
        <translation>× ⅓</translation>
    </message>
    <message>
        <source>× 1</source>
        <translation>× 1</translation>
    </message>
    <message>
        <source>× 3</source>
        <translation>× 3</translation>
    </message>
    <message>
        <source>How it came about</source>
        <translation>Wie sie zustande kam</translation>
    </message>
    <message>
        <source>What a trial with the rate times this ends with: the validation loss</source>
        <translation>Womit eine Probe mit dem Sovielfachen der Rate endet: der Validierungsverlust</translation>
    </message>
    <message>
        <source>bounds</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>marker</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Yours: type a rate, or drag the marker on the plot.</source>
        <translation>Ihre: Tippen Sie eine Rate ein oder ziehen Sie die Marke im Bild.</translation>
    </message>
    <message>
        <source>Rate of the marker</source>
        <translation>Rate der Marke</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>What the trials say</source>
        <translation>Was die Proben sagen</translation>
    </message>
    <message>
        <source>Use this rate</source>
        <translation>Diese Rate verwenden</translation>
    </message>
    <message>
        <source>Puts the chosen rule&apos;s rate into a run&apos;s schedule</source>
        <translation>Setzt die Rate der gewählten Regel in den Lernratenplan eines Laufs ein</translation>
    </message>
    <message>
        <source>Use as bounds</source>
        <translation>Als Grenzen verwenden</translation>
    </message>
    <message>
        <source>A schedule that goes between the two bounds</source>
        <translation>Ein Lernratenplan, der zwischen den beiden Grenzen geht</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>How long a trial is</source>
        <translation>Wie lang eine Probe ist</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Epochs or steps of a trial</source>
        <translation>Epochen oder Schritte einer Probe</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>measured elsewhere</source>
        <translation>anderswo gemessen</translation>
    </message>
    <message numerus="yes">
        <source>median of %n seed(s)</source>
        <translation>
            <numerusform>Median von %n Startwert</numerusform>
            <numerusform>Median von %n Startwerten</numerusform>
        </translation>
    </message>
    <message>
        <source>being worked out</source>
        <translation>wird ausgerechnet</translation>
    </message>
    <message>
        <source>not over yet</source>
        <translation>noch nicht zu Ende</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n seed(s)</source>
        <translation>
            <numerusform>%1 von %n Startwert</numerusform>
            <numerusform>%1 von %n Startwerten</numerusform>
        </translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>test loss</source>
        <translation>Testverlust</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>divergiert</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>Noch nicht probiert</translation>
    </message>
    <message>
        <source>; %1 %2</source>
        <translation>; %1 %2</translation>
    </message>
    <message>
        <source>, accuracy %1</source>
        <translation>, Genauigkeit %1</translation>
    </message>
    <message numerus="yes">
        <source>Trains ⅓ of each rate, the rate and 3 times the rate for that long: %n run(s)</source>
        <translation>
            <numerusform>Trainiert ⅓ jeder Rate, die Rate und das Dreifache so lange: %n Lauf</numerusform>
            <numerusform>Trainiert ⅓ jeder Rate, die Rate und das Dreifache so lange: %n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>All of these rates have been tried for that long</source>
        <translation>Alle diese Raten sind so lange schon probiert worden</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n Epoche</numerusform>
            <numerusform>%n Epochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>The rates of all rules diverge within %1.</source>
        <translation>Die Raten aller Regeln divergieren innerhalb von %1.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n trial(s) are over.</source>
        <translation>
            <numerusform>%1 von %n Probe ist zu Ende.</numerusform>
            <numerusform>%1 von %n Proben sind zu Ende.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: lowest %2, %3 after %4</source>
        <translation>%1: kleinster %2, %3 nach %4</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>; ⅓ of it does better</source>
        <translation>; ⅓ davon ist besser</translation>
    </message>
    <message>
        <source>; 3 times it does better</source>
        <translation>; das Dreifache ist besser</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
</context>
<context>
    <name>ratescope::ValueModel</name>
    <message>
        <source>%1
loss</source>
        <translation>%1
Verlust</translation>
    </message>
    <message>
        <source>%1
smoothed loss</source>
        <translation>%1
geglätteter Verlust</translation>
    </message>
    <message>
        <source>%1
rate</source>
        <translation>%1
Rate</translation>
    </message>
    <message>
        <source>%1
slope</source>
        <translation>%1
Steigung</translation>
    </message>
    <message>
        <source>%1
training error (%)</source>
        <translation>%1
Trainingsfehler (%)</translation>
    </message>
    <message>
        <source>%1
training accuracy (%)</source>
        <translation>%1
Trainingsgenauigkeit (%)</translation>
    </message>
    <message>
        <source>%1
validation error (%)</source>
        <translation>%1
Validierungsfehler (%)</translation>
    </message>
    <message>
        <source>%1
validation accuracy (%)</source>
        <translation>%1
Validierungsgenauigkeit (%)</translation>
    </message>
    <message>
        <source>%1
difference</source>
        <translation>%1
Differenz</translation>
    </message>
    <message>
        <source>%1
smoothed difference</source>
        <translation>%1
geglättete Differenz</translation>
    </message>
    <message>
        <source>%1
validation loss</source>
        <translation>%1
Validierungsverlust</translation>
    </message>
</context>
<context>
    <name>ratescope::ValueTable</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Range test</source>
        <translation>Lernratentest</translation>
    </message>
    <message>
        <source>Which plot&apos;s values</source>
        <translation>Von welchem Diagramm die Werte sind</translation>
    </message>
    <message>
        <source>Values behind the plot</source>
        <translation>Werte hinter dem Diagramm</translation>
    </message>
    <message>
        <source>Steps in sight as rows, visible runs as columns; Ctrl+C copies</source>
        <translation>Sichtbare Schritte als Zeilen, sichtbare Läufe als Spalten; Strg+C kopiert</translation>
    </message>
    <message>
        <source>the steps in sight; Ctrl+C copies</source>
        <translation>die sichtbaren Schritte; Strg+C kopiert</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>ratescope::ViewBar</name>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View of the plots</source>
        <translation>Ansicht der Diagramme</translation>
    </message>
    <message>
        <source>x:</source>
        <translation>x:</translation>
    </message>
    <message>
        <source>What the x axis of loss and learning rate counts</source>
        <translation>Was die x-Achse von Verlust und Lernrate zählt</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>y:</source>
        <translation>y:</translation>
    </message>
    <message>
        <source>What the loss plot shows; error and accuracy are known at epoch ends</source>
        <translation>Was das Verlustdiagramm zeigt; Fehler und Genauigkeit sind an Epochenenden bekannt</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>log y</source>
        <translation>log. y</translation>
    </message>
    <message>
        <source>Logarithmic axis for the loss</source>
        <translation>Logarithmische Achse für den Verlust</translation>
    </message>
    <message>
        <source>log rate</source>
        <translation>log. Rate</translation>
    </message>
    <message>
        <source>Logarithmic axis for the learning rate</source>
        <translation>Logarithmische Achse für die Lernrate</translation>
    </message>
    <message>
        <source>log x</source>
        <translation>log. x</translation>
    </message>
    <message>
        <source>Logarithmic axis for the steps</source>
        <translation>Logarithmische Achse für die Schritte</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>What the plots show</source>
        <translation>Was die Diagramme zeigen</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>The range of the raw losses behind the smoothed line</source>
        <translation>Der Bereich der rohen Verluste hinter der geglätteten Linie</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>The validation figures at the end of each epoch, as circles</source>
        <translation>Die Validierungswerte am Ende jeder Epoche, als Kreise</translation>
    </message>
    <message>
        <source>marks</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Best epochs, early stops and restarts on their curves</source>
        <translation>Beste Epochen, vorzeitiges Ende und Neustarts auf den Kurven</translation>
    </message>
    <message>
        <source>legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Which line is which run: a click hides it, Ctrl+click shows nothing else</source>
        <translation>Welche Linie welcher Lauf ist: Ein Klick blendet ihn aus, Strg+Klick zeigt nur ihn</translation>
    </message>
    <message>
        <source>seeds:</source>
        <translation>Startwerte:</translation>
    </message>
    <message>
        <source>How runs are drawn that differ in their seed alone</source>
        <translation>Wie Läufe gezeichnet werden, die sich nur im Startwert unterscheiden</translation>
    </message>
    <message>
        <source>each</source>
        <translation>einzeln</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>plots:</source>
        <translation>Lage:</translation>
    </message>
    <message>
        <source>How the three plots lie</source>
        <translation>Wie die drei Diagramme liegen</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>nebeneinander</translation>
    </message>
    <message>
        <source>stacked</source>
        <translation>untereinander</translation>
    </message>
    <message>
        <source>large loss</source>
        <translation>Verlust groß</translation>
    </message>
    <message>
        <source>large rate</source>
        <translation>Rate groß</translation>
    </message>
    <message>
        <source>large range test</source>
        <translation>Lernratentest groß</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>folgen</translation>
    </message>
    <message>
        <source>Show everything and follow what comes (F); off, the axes stay as they are</source>
        <translation>Alles zeigen und dem Neuen folgen (F); ausgeschaltet bleiben die Achsen, wie sie sind</translation>
    </message>
    <message>
        <source>smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation>Glättung des Verlusts</translation>
    </message>
    <message>
        <source>Exponential moving average of the loss, without the bias towards its start. The rate is never smoothed.</source>
        <translation>Exponentiell gleitender Mittelwert des Verlusts, ohne die Verzerrung zu seinem Anfang hin. Die Rate wird nie geglättet.</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>from:</source>
        <translation>zu:</translation>
    </message>
    <message>
        <source>The run whose loss the others&apos; are compared with; it has to share initial weights and batch order with them</source>
        <translation>Der Lauf, mit dessen Verlust die der anderen verglichen werden; Anfangsgewichte und Reihenfolge der Batches müssen sie gemeinsam haben</translation>
    </message>
    <message>
        <source>first run</source>
        <translation>erster Lauf</translation>
    </message>
    <message>
        <source>zones of the range test</source>
        <translation>Zonen des Lernratentests</translation>
    </message>
    <message>
        <source>Which rates are slow, fast, at the edge or diverging, behind the learning rate</source>
        <translation>Welche Raten langsam, schnell, am Rand oder divergierend sind, hinter der Lernrate</translation>
    </message>
    <message>
        <source>accuracy of the range test</source>
        <translation>Genauigkeit des Lernratentests</translation>
    </message>
    <message>
        <source>The validation accuracy under the range test&apos;s loss, in place of the slope</source>
        <translation>Die Validierungsgenauigkeit unter dem Verlust des Lernratentests, statt der Steigung</translation>
    </message>
</context>
<context>
    <name>ratescope::ZoneNote</name>
    <message>
        <source>How the rates lie in the zones of the range test</source>
        <translation>Wie die Raten in den Zonen des Lernratentests liegen</translation>
    </message>
    <message>
        <source>%1 of %2 steps lie beyond the edge (%3) of “%4”.</source>
        <translation>%1 von %2 Schritten liegen jenseits des Rands (%3) von „%4“.</translation>
    </message>
    <message>
        <source>All steps lie in the good zone of “%1”.</source>
        <translation>Alle Schritte liegen in der guten Zone von „%1“.</translation>
    </message>
    <message>
        <source>All steps lie in the fast zone of “%1”.</source>
        <translation>Alle Schritte liegen in der schnellen Zone von „%1“.</translation>
    </message>
    <message>
        <source>%1 of %2 steps lie in the good zone of “%3”, none beyond its edge.</source>
        <translation>%1 von %2 Schritten liegen in der guten Zone von „%3“, keiner jenseits ihres Rands.</translation>
    </message>
    <message>
        <source>%1 of %2 steps lie in the fast zone of “%3”, none beyond its edge.</source>
        <translation>%1 von %2 Schritten liegen in der schnellen Zone von „%3“, keiner jenseits ihres Rands.</translation>
    </message>
    <message>
        <source>%1 of %2 steps lie at the edge (from %3 on) of “%4”, none beyond it.</source>
        <translation>%1 von %2 Schritten liegen am Rand (ab %3) von „%4“, keiner darüber hinaus.</translation>
    </message>
</context>
</TS>
