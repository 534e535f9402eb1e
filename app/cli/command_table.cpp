// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_table.h"

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/study/language.h"
#include "core/optimizer/optimizer_reference.h"

#include <algorithm>
#include <numeric>

namespace ratescope {

namespace {

using Kind = OptionInfo::Kind;

OptionInfo quietOption(const char* text = "No progress on the terminal.") {
    return {.name = "quiet", .text = text};
}

OptionInfo runsOption() {
    return {.name = "run",
            .value = "NAME",
            .text = "Only this run; may be given several times.",
            .kind = Kind::Run,
            .repeats = true};
}

std::vector<std::string> languageCodes() {
    std::vector<std::string> codes;
    for (const QString& code : languages()) codes.push_back(code.toStdString());
    return codes;
}

// TensorBoard's files, which have no suffix of their own.
const std::string eventNames = "*tfevents*";
// What carries runs: pictures that Ratescope has drawn have their experiment inside.
const std::vector<std::string> runSuffixes = {"json", "ratescope", "csv", "tsv", eventNames, "png", "svg", "pdf"};
const std::vector<std::string> experimentSuffixes = {"json", "png", "svg", "pdf"};

CommandInfo trainInfo() {
    return {
        .name = "train",
        .summary = "train the runs of an experiment",
        .text = "Trains the runs of an experiment (JSON, or a picture that Ratescope has drawn) and prints a table of "
                "results. A terminal shows a bar with the time left for each run; a pipe gets nothing but the results.\n\n"
                "Ctrl-C ends it cleanly and keeps what was run; a second Ctrl-C ends it at once.\n\n"
                "With --run a file's runs can be spread over processes and machines; the studies that they leave open "
                "together, and several processes may also append to one study on the same machine.",
        .files = "EXPERIMENT",
        .suffixes = experimentSuffixes,
        .options = {runsOption(),
                    {.name = "out",
                     .value = "STUDY",
                     .text = "Keep everything in this study (*.ratescope); one that is there is appended to, and runs whose "
                             "names it has get new ones.",
                     .kind = Kind::WriteFile,
                     .words = {"ratescope"}},
                    {.name = "jobs",
                     .value = "N",
                     .text = "How many runs train at once; as many as there are cores if left out.",
                     .kind = Kind::Text},
                    {.name = "threads",
                     .value = "N",
                     .text = "Most threads of one run; its share of the cores if left out. The results are the same.",
                     .kind = Kind::Text},
                    {.name = "json", .text = "Print the results as JSON."},
                    quietOption("No progress and no table.")},
        .examples = {{"ratescope train sweep.json --out sweep.ratescope",
                      "Trains every run and keeps everything in a study, which the window opens."},
                     {"ratescope train sweep.json --run cosine --json > cosine.json",
                      "Trains one run and leaves its results as JSON."},
                     {"ratescope list sweep.json | parallel ratescope train sweep.json --run {} --jobs 1 --threads 1 "
                      "--quiet --out part-{#}.ratescope",
                      "Spreads the runs with GNU Parallel, a study each; see the results together with: "
                      "ratescope plot part-*.ratescope --out sweep.png"}},
        .reference = optimizerReference,
        .run = trainCommand};
}

CommandInfo listInfo() {
    return {.name = "list",
            .summary = "print the names of a file's runs",
            .text =
                "Prints the names of the runs of an experiment, a study, a curve, a log or a picture that Ratescope has "
                "drawn, a line each.",
            .files = "FILE",
            .suffixes = runSuffixes,
            .examples = {{"ratescope list sweep.json", "Which runs an experiment has."},
                         {"ratescope list sweep.ratescope | wc -l", "How many runs a study holds."}},
            .run = listCommand};
}

CommandInfo scheduleInfo() {
    return {.name = "schedule",
            .summary = "print the learning rate of every step as CSV, training nothing",
            .text = "Prints run,step,epoch,lr for every step of every run as CSV; nothing is trained. The epoch counts "
                    "completed epochs.",
            .files = "FILE",
            .suffixes = runSuffixes,
            .options = {runsOption(), quietOption()},
            .examples = {{"ratescope schedule sweep.json --run cosine > cosine.csv", "The rates of one run as a file."},
                         {"ratescope schedule sweep.json | head", "A look at the first steps."}},
            .run = scheduleCommand};
}

CommandInfo suggestInfo() {
    return {
        .name = "suggest",
        .summary = "print what the rules for finding a learning rate make of a curve, as JSON",
        .text = "Prints which rate each rule suggests for the curve of a range test, as JSON; null where the curve holds "
                "no answer, with the reason.\n\n"
                "CURVE: CSV with the columns lr and loss (by commas, semicolons or tabs), or a JSON object with such "
                "lists, as the range finders of PyTorch and Keras leave them.",
        .files = "CURVE",
        .suffixes = {"csv", "tsv", "json"},
        .options = {{.name = "smoothing",
                     .value = "B",
                     .text = "How strongly the losses are smoothed first, 0 to 0.9999; 0 where they are smoothed already.",
                     .kind = Kind::Text,
                     .words = {"0", "0.9", "0.98"},
                     .fallback = "0.98"}},
        .examples = {{"ratescope suggest finder.csv", "What each rule makes of a curve."},
                     {"ratescope suggest finder.csv --smoothing 0", "The same of losses that are smoothed already."}},
        .run = suggestCommand};
}

std::vector<OptionInfo> plotOptions() {
    return {
        {.name = "out",
         .value = "FILE",
         .text = "The figure's file: *.png, *.svg, *.pdf or *.csv.",
         .kind = Kind::WriteFile,
         .words = {"png", "svg", "pdf", "csv"},
         .required = true},
        {.name = "what",
         .value = "PART",
         .text = "Which plot; page is all of them.",
         .kind = Kind::Words,
         .words = {"page", "loss", "lr", "range"},
         .fallback = "page"},
        {.name = "size",
         .value = "WxH",
         .text = "Width and height, or slide (1600x900), wide, column, square, poster.",
         .kind = Kind::Text,
         .words = {"slide", "wide", "column", "square", "poster"},
         .fallback = "1600x900"},
        {.name = "scale",
         .value = "N",
         .text = "Pixels of a PNG for each of these, 0.25 to 8.",
         .kind = Kind::Text,
         .words = {"1", "2", "3"},
         .fallback = "2"},
        {.name = "theme",
         .value = "THEME",
         .text = "Colours and lines.",
         .kind = Kind::Words,
         .words = {"light", "dark", "print"},
         .fallback = "light"},
        {.name = "language",
         .value = "CODE",
         .text = "Of the words in it.",
         .kind = Kind::Words,
         .words = languageCodes(),
         .fallback = "en"},
        {.name = "title", .value = "TEXT", .text = "A title over the figure.", .kind = Kind::Text},
        {.name = "difference",
         .value = "NAME",
         .text = "Shows the other runs' losses less that of this one, where they share initial weights and batch order with "
                 "it; for page and loss.",
         .kind = Kind::Run},
        {.name = "seeds",
         .value = "KIND",
         .text =
             "How runs are drawn that differ in their seed alone: each by itself, or as their mean or median with a band.",
         .kind = Kind::Words,
         .words = {"single", "mean", "median"},
         .fallback = "single"},
        quietOption()};
}

CommandInfo plotInfo() {
    return {.name = "plot",
            .summary = "draw the runs of files as a picture",
            .text =
                "Draws the runs of studies, the schedules of experiments, curves, and logs of other programs (CSV, "
                "TensorBoard's event files or a folder with those), overlaid in one figure. PNG, SVG and PDF carry the "
                "runs' configuration inside; CSV holds the numbers that the figure shows.",
            .files = "FILE...",
            .suffixes = runSuffixes,
            .mostFiles = CommandInfo::anyNumber,
            .options = plotOptions(),
            .examples = {{"ratescope plot sweep.ratescope --out sweep.png", "The whole page as a slide."},
                         {"ratescope plot part-*.ratescope --what loss --theme print --out loss.pdf",
                          "The losses of several studies in one figure for print."},
                         {"ratescope plot sweep.json --what lr --size 800x600 --out rates.svg",
                          "The schedules of an experiment before anything is trained."}},
            .draws = true,
            .run = plotCommand};
}

CommandInfo exportInfo() {
    return {.name = "export",
            .summary = "write a study's figures as CSV, its weights as safetensors",
            .text =
                "Writes runs.csv, steps.csv, epochs.csv and, of range tests, range_tests.csv of a study into a folder, and "
                "the weights that each run ended with as NAME.safetensors, for load_state_dict of PyTorch's nn.Sequential "
                "of the same layers. Files of these names that are there are replaced, each when it is whole.\n\n"
                "STUDY may also be a log of another program: CSV, TensorBoard's event file or a folder with those.",
            .files = "STUDY",
            .suffixes = {"ratescope", "csv", "tsv", eventNames},
            .options = {{.name = "out",
                         .value = "DIR",
                         .text = "The folder; made if there is none.",
                         .kind = Kind::WriteFolder,
                         .required = true},
                        {.name = "tensorboard",
                         .text = "Event files as well, a folder for each run in DIR/tensorboard: train/loss and lr of every "
                                 "step, val/loss and val/accuracy of every epoch."},
                        quietOption()},
            .examples = {{"ratescope export sweep.ratescope --out figures", "Everything into the folder figures."},
                         {"ratescope export sweep.ratescope --out figures --tensorboard",
                          "The same, to be seen by tensorboard --logdir figures/tensorboard."}},
            .run = exportCommand};
}

CommandInfo importInfo() {
    return {.name = "import",
            .summary = "put what other programs have logged into a study",
            .text = "Reads logs of trainings and curves of range tests that other programs have made, and adds them to a "
                    "study, where they stand beside Ratescope's runs. LOG: CSV (Keras's CSVLogger, Lightning's metrics.csv, "
                    "an export of W&B, or any other with a column for the loss), TensorBoard's event file, or a folder with "
                    "event files, in which each sub-folder is a run. Prints the names of the runs, a line each.\n\n"
                    "The window, plot and export read such files directly, as far as they name their columns in one of "
                    "the usual ways.",
            .files = "LOG...",
            .suffixes = {"csv", "tsv", eventNames},
            .mostFiles = CommandInfo::anyNumber,
            .options = {{.name = "out",
                         .value = "STUDY",
                         .text = "The study; one that is there is added to.",
                         .kind = Kind::WriteFile,
                         .words = {"ratescope"},
                         .required = true},
                        {.name = "map",
                         .value = "MAP",
                         .text = "What columns or tags mean, for names that are not usual: FIELD=NAME, parted by commas. "
                                 "Fields: run, step, epoch, loss, lr, val_loss, val_accuracy, seconds. A name with a comma "
                                 "stands in quotes.",
                         .kind = Kind::Text,
                         .words = {"step=", "loss=", "lr="}},
                        quietOption()},
            .examples = {{"ratescope import metrics.csv --out job.ratescope", "What Keras, Lightning or W&B have logged."},
                         {"ratescope import runs --out job.ratescope", "Every run in a folder of PyTorch's SummaryWriter."},
                         {"ratescope import log.csv --map step=iter,loss=objective --out job.ratescope",
                          "A table with columns of its own."}},
            .run = importCommand};
}

CommandInfo codeInfo() {
    return {.name = "code",
            .summary = "print a run's schedule as code for PyTorch or Keras",
            .text =
                "Prints a run's network, optimizer and schedule as Python code, with the same rates at every step. FILE: an "
                "experiment, a study or a picture that Ratescope has drawn.",
            .files = "FILE",
            .suffixes = {"json", "ratescope", "png", "svg", "pdf"},
            .options = {{.name = "for",
                         .value = "LIBRARY",
                         .text = "The library.",
                         .kind = Kind::Words,
                         .words = {"pytorch", "keras"},
                         .required = true},
                        {.name = "run",
                         .value = "NAME",
                         .text = "The run; may be left out where the file has one alone.",
                         .kind = Kind::Run}},
            .examples = {{"ratescope code sweep.json --run cosine --for pytorch > train.py", "A script to start from."},
                         {"ratescope code sweep.ratescope --run cosine --for keras",
                          "The same of a run of a study, for Keras."}},
            .run = codeCommand};
}

CommandInfo benchInfo() {
    return {.name = "bench",
            .summary = "measure how fast this machine trains and draws",
            .text =
                "Measures how fast this machine trains: samples a second by network and number of threads, and the "
                "network's floating-point operations as a share of what plain matrix products (1024 × 1024) reach on as "
                "many threads. It can be over 100 %: pixels that are 0 are skipped, not multiplied. Then how long the plot "
                "page takes to draw 20 runs of 100,000 steps at 1920 × 1080, and a window to open.",
            .options = {{.name = "seconds",
                         .value = "S",
                         .text = "Time for each figure, 0.05 to 600.",
                         .kind = Kind::Text,
                         .words = {"0.5", "2", "10"},
                         .fallback = "2"},
                        {.name = "json", .text = "Print the figures as JSON."},
                        quietOption()},
            .examples = {{"ratescope bench --seconds 0.5", "A quick look."},
                         {"ratescope bench --json > bench.json", "Figures for a script."}},
            .draws = true,
            .run = benchCommand};
}

/// Insertions, removals, replacements and swaps of neighbours that make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    std::iota(table[0].begin(), table[0].end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        table[i][0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    }
    return table[a.size()][b.size()];
}

} // namespace

const std::vector<CommandInfo>& commandTable() {
    static const std::vector<CommandInfo> table = {trainInfo(), listInfo(),   scheduleInfo(), suggestInfo(),
                                                   plotInfo(),  exportInfo(), importInfo(),   codeInfo(),
                                                   benchInfo()};
    return table;
}

const CommandInfo* findCommand(std::string_view name) {
    const auto& table = commandTable();
    const auto it = std::ranges::find(table, name, &CommandInfo::name);
    return it == table.end() ? nullptr : &*it;
}

std::string nearestWord(std::string_view word, const std::vector<std::string>& words) {
    if (word.size() < 2 || word.size() > 40) return {};
    std::string nearest;
    std::size_t least = word.size() < 5 ? 2 : 3; // a short word is soon near to any other
    for (const std::string& one : words) {
        const std::size_t far = one.starts_with(word) ? 0 : distance(word, one);
        if (far >= least) continue;
        least = far;
        nearest = one;
    }
    return nearest;
}

const std::vector<StatusInfo>& statusTable() {
    static const std::vector<StatusInfo> table = {
        {ExitDone, "done; a run that diverged is a result, and a reader of a pipe that has had enough is no failure"},
        {ExitFailure, "failure, such as a run that could not be trained"},
        {ExitUsage, "usage: the command line cannot be made sense of"},
        {ExitBadInput, "bad input: a file is missing, damaged or not what is expected"},
        {ExitCannotWrite, "could not write, such as on a full disk"},
        {ExitInterrupted, "interrupted by Ctrl-C or asked to end"}};
    return table;
}

} // namespace ratescope
