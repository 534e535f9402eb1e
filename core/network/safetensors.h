// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace ratescope {

/// A named array of floats in row-major order, as PyTorch's state_dict holds it: `0.weight` of {units, inputs}.
struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    bool operator==(const Tensor&) const = default;
};

/// Largest file that is read: the largest network that trains, and its header.
inline constexpr std::uint64_t maximumSafetensorsBytes = (std::uint64_t(1) << 30) + (std::uint64_t(1) << 20);

/// The bytes of a file in the safetensors format (huggingface/safetensors): u64 length of the header, header in JSON with
/// the tensors' type, shape and place, then the values, little-endian F32. Tensors in the order given, names unique.
std::string writeSafetensors(const std::vector<Tensor>& tensors);

/// The tensors of such a file, in the order in which their values lie in it. F32, F64, F16 and BF16 are read, all to float.
/// Throws ratescope::Error naming `name`, what was found and what was expected, for anything that the format forbids: a
/// header past the end, places that overlap, leave holes or do not fit the shape, names given twice, other types.
std::vector<Tensor> parseSafetensors(const std::string& bytes, const std::string& name);

/// The same of so many bytes that `read` hands over one after the other, filling all that it is given. The header is
/// looked at before memory is taken for the rest.
std::vector<Tensor> readSafetensors(const std::string& name, std::uint64_t size,
                                    const std::function<void(std::span<char>)>& read);

/// parseSafetensors() of a file. Its size is looked at before memory is taken. Blocks for the time of the read.
std::vector<Tensor> readSafetensors(const std::filesystem::path& path);

} // namespace ratescope
