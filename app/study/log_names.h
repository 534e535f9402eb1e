// SPDX-License-Identifier: GPL-3.0-or-later
// What the columns and tags of other programs' logs mean: by the names that are usual, or as somebody says.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// What a log may hold.
enum class LogField { Run, Step, Epoch, Loss, Rate, ValidationLoss, ValidationAccuracy, Seconds };
inline constexpr std::size_t logFieldCount = 8;
/// As mappings and messages name them: `run`, `step`, `epoch`, `loss`, `lr`, `val_loss`, `val_accuracy`, `seconds`.
extern const std::array<const char*, logFieldCount> logFieldNames;

/// Names of columns or tags, exactly as the log has them; empty: by the names that are usual, or none at all.
struct LogMapping {
    std::string run = {}, step = {}, epoch = {}, loss = {}, rate = {};
    std::string validationLoss = {}, validationAccuracy = {}, seconds = {};
    bool only = false; ///< what is not named here is not in the log, whatever it has names for

    std::string& operator[](LogField field);
    const std::string& operator[](LogField field) const { return const_cast<LogMapping&>(*this)[field]; }
    bool operator==(const LogMapping&) const = default;
};

/// From `step=_step,loss=train/loss,lr="a, b"`: what holds a comma stands in quotes, and a quote in it twice. Throws
/// ratescope::Error.
LogMapping parseLogMapping(std::string_view text);

/// The names as such a text; empty where there are none.
std::string logMappingText(const LogMapping& mapping);

/// What a name stands for. Of several names for one field that with the lowest rank counts: losses by steps come before
/// those by epochs, and those of validation before those of a test.
struct KnownLogName {
    LogField field = LogField::Loss;
    int rank = 0;
    bool countsEpochs = false; ///< a tag of Keras's, whose steps are epochs
};
/// Whatever the name's case and signs.
std::optional<KnownLogName> findLogName(std::string_view name);
/// The same for what stands in a log of validation alone, where `loss` is that of validation.
std::optional<KnownLogName> findValidationName(std::string_view name);

/// At most twenty names for a message, none of them long.
std::string someNames(const std::vector<std::string>& names);

} // namespace ratescope
