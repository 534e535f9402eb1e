// SPDX-License-Identifier: GPL-3.0-or-later
// Weights, as bytes and as a file.
#include "core/network/safetensors.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstring>

using namespace ratescope;

namespace {

/// NaN is a value like any other here.
bool sameBits(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t bytes = a[i].values.size() * sizeof(float);
        if (a[i].name != b[i].name || a[i].shape != b[i].shape || a[i].values.size() != b[i].values.size()) return false;
        if (bytes > 0 && std::memcmp(a[i].values.data(), b[i].values.data(), bytes) != 0) return false;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    const std::string bytes(fuzz::textOf(data, size));
    std::vector<Tensor> tensors;
    const bool taken = fuzz::takes("NAME", [&] { tensors = parseSafetensors(bytes, "NAME"); });
    const std::filesystem::path path = scratch.write("w.safetensors", bytes);
    std::vector<Tensor> ofFile;
    fuzz::expect(fuzz::takes(path.string(), [&] { ofFile = readSafetensors(path); }) == taken,
                 "a file is not taken as its bytes are");
    if (!taken) return 0;
    fuzz::expect(sameBits(tensors, ofFile), "a file gives other tensors than its bytes");
    for (const Tensor& tensor : tensors) fuzz::expect(fuzz::isUtf8(tensor.name), "a tensor's name is no UTF-8");
    std::vector<Tensor> again;
    fuzz::expect(fuzz::takes("NAME", [&] { again = parseSafetensors(writeSafetensors(tensors), "NAME"); }),
                 "what was written is not taken");
    fuzz::expect(sameBits(tensors, again), "what was written is read as something else");
    return 0;
}
