// SPDX-License-Identifier: GPL-3.0-or-later
// TensorBoard's event files: alone, with a mapping, and in folders as Keras and add_scalars() make them.
#include "app/study/event_file.h"
#include "app/study/event_records.h"
#include "app/study/event_writer.h"
#include "app/study/file_output.h"
#include "app/study/log_record.h"
#include "tests/fuzz/fuzz_records.h"

#include <cstring>

using namespace ratescope;

namespace {

/// The same with good checksums, as far as the lengths of its records go: chance never finds any.
std::string withChecksums(std::string_view bytes) {
    std::string good;
    while (bytes.size() >= recordHeaderSize) {
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), sizeof length);
        bytes.remove_prefix(recordHeaderSize);
        const std::string_view record = bytes.substr(0, length);
        appendEventRecord(good, record);
        bytes.remove_prefix(std::min(bytes.size(), record.size() + sizeof(std::uint32_t)));
    }
    return good;
}

/// What is taken can be kept, and written for TensorBoard.
void expectRuns(const std::vector<LoggedRun>& logs, const std::filesystem::path& path, const fuzz::Scratch& scratch) {
    std::vector<RunRecord> runs;
    if (!fuzz::takes(path.string(), [&] {
            for (const LoggedRun& log : logs) runs.push_back(recordOf(log, path));
        }))
        return;
    for (const RunRecord& run : runs) fuzz::expectRecord(run);
    fuzz::expectKept(runs, scratch);
    const std::filesystem::path written = scratch / "tfevents.again";
    FileOutput out(QString::fromStdString(written.string()));
    writeEvents(runs.at(0), 1e9, out);
    out.commit();
    LoggedRun again;
    fuzz::expect(fuzz::takes(written.string(), [&] { again = readEventFile(written); }), "what was written is not taken");
    fuzz::expect(again.loss.size() == runs[0].losses.size(), "other losses are read than were written");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    const std::string_view bytes = fuzz::textOf(data, size);
    looksLikeEventFile(bytes);
    const char* folders[] = {"run", "run/train", "run/validation", "run/loss_a"};
    for (const char* folder : folders) {
        std::filesystem::create_directories(scratch / folder);
        scratch.write(std::string(folder) + "/events.out.tfevents.1", bytes);
    }
    const std::filesystem::path file = scratch / "run/events.out.tfevents.1";
    LogMapping asked;
    asked.loss = "loss";
    asked.validationLoss = "train/loss";
    for (const LogMapping& mapping : {LogMapping{}, asked}) {
        std::vector<LoggedRun> logs;
        if (fuzz::takes(file.string(), [&] { logs = {readEventFile(file, mapping)}; })) expectRuns(logs, file, scratch);
        const std::filesystem::path folder = scratch / "run";
        if (fuzz::takes(folder.string(), [&] { logs = readEventFolder(folder, mapping); })) expectRuns(logs, folder, scratch);
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    size = LLVMFuzzerMutate(data, size, most);
    if (seed % 8 == 0) return size;
    const std::string good = withChecksums(fuzz::textOf(data, size));
    if (good.empty() || good.size() > most) return size;
    std::memcpy(data, good.data(), good.size());
    return good.size();
}
