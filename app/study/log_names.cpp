// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/log_names.h"

#include "app/study/delimited_text.h"
#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>
#include <utility>

namespace ratescope {

const std::array<const char*, logFieldCount> logFieldNames = {"run", "step",     "epoch",        "loss",
                                                              "lr",  "val_loss", "val_accuracy", "seconds"};

namespace {

using Names = std::vector<std::string_view>;

/// Names without case and signs, for each field the one that is preferred first.
const std::array<Names, logFieldCount>& knownNames() {
    static const std::array<Names, logFieldCount> names = {{
        {"run", "runname"},
        {"step", "steps", "globalstep", "trainerglobalstep", "trainglobalstep", "iteration", "iterations", "iter",
         "trainiteration", "update", "updates"},
        {"epoch", "epochs", "trainepoch", "trainerepoch", "currentepoch"},
        {"trainlossstep", "losstrainstep",  "trainsteploss",  "steploss",       "lossstep",       "trainbatchloss",
         "batchloss",     "trainlossbatch", "lossbatch",      "trainiterloss",  "iterloss",       "trainloss",
         "losstrain",     "trainingloss",   "losstraining",   "loss",           "losses",         "trainlosses",
         "losstotal",     "totalloss",      "traintotalloss", "losstraintotal", "trainlosstotal", "runningloss",
         "avgloss",       "meanloss",       "trainlossepoch", "losstrainepoch", "trainepochloss", "trainingepochloss",
         "lossepoch",     "epochtrainloss", "epochloss"},
        {"lr", "learningrate", "trainlr", "trainlearningrate", "lrtrain", "learningratetrain", "traininglearningrate",
         "lrs", "learningrates", "lrstep", "batchlr", "batchlearningrate", "optimizerlr", "optimizerlearningrate",
         "currentlr", "lrgroup0", "lrpg0", "epochlr", "epochlearningrate"},
        {"valloss",
         "lossval",
         "validationloss",
         "lossvalidation",
         "validloss",
         "lossvalid",
         "vallosses",
         "vallossepoch",
         "lossvalepoch",
         "valepochloss",
         "validationlossepoch",
         "validlossepoch",
         "evalloss",
         "losseval",
         "evaluationloss",
         "lossevaluation",
         "devloss",
         "lossdev",
         "epochvalloss",
         "valtotalloss",
         "evaluationlossvsiterations",
         "testloss",
         "losstest",
         "testlossepoch",
         "losstestepoch"},
        {"valaccuracy",
         "accuracyval",
         "valacc",
         "accval",
         "validationaccuracy",
         "accuracyvalidation",
         "validationacc",
         "accvalidation",
         "validaccuracy",
         "accuracyvalid",
         "validacc",
         "accvalid",
         "valaccuracyepoch",
         "valaccepoch",
         "valepochacc",
         "valepochaccuracy",
         "evalaccuracy",
         "accuracyeval",
         "evalacc",
         "acceval",
         "evaluationaccuracy",
         "valtop1",
         "evaltop1",
         "valacc1",
         "devaccuracy",
         "devacc",
         "epochvalaccuracy",
         "epochvalacc",
         "evaluationaccuracyvsiterations",
         "evaluationaccvsiterations",
         "testaccuracy",
         "accuracytest",
         "testacc",
         "acctest"},
        {"seconds", "walltime", "timestamp", "runtime", "relativetimeprocess", "relativetimewall", "elapsedseconds"},
    }};
    return names;
}

bool isCountedIn(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// `evaluation_sparse_categorical_accuracy` is an accuracy like others.
void simplifyAccuracy(std::string& name) {
    for (const std::string_view kind : {"sparsecategoricalaccuracy", "categoricalaccuracy", "binaryaccuracy"})
        if (const std::size_t at = name.find(kind); at != std::string::npos)
            return void(name.erase(at, kind.size() - std::string_view("accuracy").size()));
}

/// Letters and digits in lower case; empty for a name that is too long to be known.
std::string plainName(std::string_view name) {
    constexpr std::size_t longest = 100;
    std::string plain;
    if (name.size() > longest) return plain;
    for (const char c : name) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        if (isCountedIn(lower)) plain += lower;
    }
    simplifyAccuracy(plain);
    return plain;
}

/// Lightning's `lr-Adam`, `lr-AdamW/pg1`, but not `lr-SGD-momentum`.
bool isMonitored(std::string_view name, std::string_view plain) {
    return (name.starts_with("lr-") || name.starts_with("train/lr-")) && !plain.ends_with("momentum") &&
           !plain.ends_with("weightdecay");
}

std::optional<LogField> findField(std::string_view name) {
    for (std::size_t i = 0; i < logFieldCount; ++i)
        if (name == logFieldNames[i]) return static_cast<LogField>(i);
    return std::nullopt;
}

[[noreturn]] void refuseMapping(const std::string& what) {
    throw Error("the mapping " + what + "; expected such as step=_step,loss=train/loss,lr=lr");
}

/// Takes a name with what ends it from the front of the text.
std::string takeName(std::string_view& text) {
    std::string name;
    if (!text.starts_with('"')) {
        name = text.substr(0, text.find(','));
        text.remove_prefix(name.size());
        return name;
    }
    for (std::size_t at = 1;; ++at) {
        const std::size_t quote = text.find('"', at);
        if (quote == std::string_view::npos) refuseMapping("begins a text in quotes that does not end");
        name += text.substr(at, quote - at);
        at = quote + 1;
        if (!text.substr(at).starts_with('"')) {
            text.remove_prefix(at);
            return name;
        }
        name += '"'; // two are one
    }
}

} // namespace

std::string& LogMapping::operator[](LogField field) {
    const std::array all = {&run, &step, &epoch, &loss, &rate, &validationLoss, &validationAccuracy, &seconds};
    return *all[static_cast<std::size_t>(field)];
}

LogMapping parseLogMapping(std::string_view text) {
    LogMapping mapping;
    if (text.empty()) refuseMapping("is empty");
    for (bool more = true; more;) {
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos || text.find(',') < equals)
            refuseMapping("gives no name for “" + briefText(text.substr(0, text.find(','))) + "”");
        const std::string_view key = text.substr(0, equals);
        const std::optional<LogField> field = findField(key);
        if (!field) {
            std::string allowed;
            for (const char* name : logFieldNames) allowed += (allowed.empty() ? "" : ", ") + std::string(name);
            throw Error("the mapping names “" + briefText(key) + "”, which no log has; allowed: " + allowed);
        }
        text.remove_prefix(equals + 1);
        const std::string name = takeName(text);
        if (name.empty()) refuseMapping("gives no name for “" + std::string(key) + "”");
        if (!mapping[*field].empty()) refuseMapping("gives “" + std::string(key) + "” twice");
        mapping[*field] = name;
        more = text.starts_with(',');
        if (!more && !text.empty()) refuseMapping("has “" + briefText(text) + "” behind a text in quotes");
        if (more) text.remove_prefix(1);
    }
    return mapping;
}

std::string logMappingText(const LogMapping& mapping) {
    std::string text;
    for (std::size_t i = 0; i < logFieldCount; ++i) {
        const std::string& name = mapping[static_cast<LogField>(i)];
        if (name.empty()) continue;
        text += (text.empty() ? "" : ",") + std::string(logFieldNames[i]) + '=';
        if (name.find(',') == std::string::npos && !name.starts_with('"')) {
            text += name;
            continue;
        }
        text += '"';
        for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += '"';
    }
    return text;
}

std::optional<KnownLogName> findLogName(std::string_view name) {
    constexpr int monitored = 50;
    const std::string plain = plainName(name);
    for (std::size_t field = 0; field < logFieldCount; ++field) {
        const Names& names = knownNames()[field];
        const auto found = std::ranges::find(names, plain);
        if (found == names.end()) continue;
        const bool countsEpochs = plain.starts_with("epoch") && plain != "epoch" && plain != "epochs";
        return KnownLogName{static_cast<LogField>(field), static_cast<int>(found - names.begin()), countsEpochs};
    }
    if (isMonitored(name, plain)) return KnownLogName{LogField::Rate, monitored, false};
    return std::nullopt;
}

std::optional<KnownLogName> findValidationName(std::string_view name) {
    const std::string plain = plainName(name);
    constexpr std::array<std::string_view, 4> accuracies = {"accuracy", "acc", "epochaccuracy", "epochacc"};
    if (const auto found = std::ranges::find(accuracies, plain); found != accuracies.end())
        return KnownLogName{LogField::ValidationAccuracy, static_cast<int>(found - accuracies.begin()),
                            plain.starts_with("epoch")};
    std::optional<KnownLogName> known = findLogName(name);
    if (!known) return known;
    if (known->field == LogField::Loss) known->field = LogField::ValidationLoss;
    if (known->field != LogField::ValidationLoss && known->field != LogField::ValidationAccuracy) return std::nullopt;
    return known;
}

std::string someNames(const std::vector<std::string>& names) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i == 0 ? "" : ", ") + briefText(names[i]);
    return names.size() > most ? text + ", …" : text;
}

} // namespace ratescope
