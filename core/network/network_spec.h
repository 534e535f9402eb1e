// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/shape.h"
#include "core/parameter_info.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

enum class LayerType { Dense, Conv2d, MaxPool, Dropout, Flatten, Relu, Tanh, Sigmoid };

/// One layer of a network, as the experiment file writes it. What a type does not take stays 0.
struct LayerSpec {
    LayerType type = LayerType::Dense;
    std::uint32_t units = 0; ///< outputs of a dense layer, filters of a convolution
    std::uint32_t side = 0;  ///< of a convolution's kernel, of a pooling window
    double rate = 0.0;       ///< share of values that dropout drops
    bool operator==(const LayerSpec&) const = default;
};

/// A parameter of a type of layer, and where it is kept.
struct LayerParameter {
    ParameterInfo info;
    double (*get)(const LayerSpec&);
    void (*set)(LayerSpec&, double);
};

/// What is known of a type of layer.
struct LayerInfo {
    LayerType type;
    std::string_view name; ///< as in an experiment file
    std::vector<LayerParameter> parameters;
    std::string_view meaning; ///< a sentence
};

/// All types of layers there are.
const std::vector<LayerInfo>& layerTable();
const LayerInfo& layerInfo(LayerType type);
const LayerInfo* findLayer(std::string_view name);

/// A layer with the defaults of its type.
LayerSpec makeLayerSpec(LayerType type);

/// How many classes the last layer tells apart.
inline constexpr std::uint32_t classCount = 10;
/// Largest number of units of one layer, most layers, and most bytes of a network's weights.
inline constexpr std::uint32_t maximumUnits = 1U << 20;
inline constexpr std::size_t maximumLayers = 100;
inline constexpr std::uint64_t maximumNetworkBytes = std::uint64_t(1) << 30;

/// The layers of a network, input side first. The softmax belongs to the loss.
struct NetworkSpec {
    std::string preset; ///< the name it was written by; empty for a list of layers
    std::vector<LayerSpec> layers;
    bool operator==(const NetworkSpec&) const = default;
};

/// `softmax`, `mlp` and `cnn`, as format.md defines them.
const std::vector<NetworkSpec>& networkPresets();
const NetworkSpec* findNetworkPreset(std::string_view name);

/// The data's images: one grey value a pixel.
inline Shape imageShape(std::uint32_t rows, std::uint32_t columns) { return {rows, columns, 1, true}; }

/// What each layer hands on, for a network that validateNetwork() accepts; [0] is the image.
std::vector<Shape> layerShapes(const NetworkSpec& spec, const Shape& image);

/// Every fault, placed as `[2].units`: no layers, parameters out of range, layers that do not fit onto each other (a
/// pooling to nothing, a dense layer on an image of several channels), a last layer that is not dense with 10 units, a
/// network over 1 GiB. Without `image`, what can be seen without the data.
Problems validateNetwork(const NetworkSpec& spec, const std::optional<Shape>& image);

/// Whether the layer has weights, and how many of the network's layers have.
bool hasWeights(LayerType type);
std::size_t weightLayerCount(const NetworkSpec& spec);

/// Number of weights and biases.
std::uint64_t parameterCount(const NetworkSpec& spec, const Shape& image);

/// Floating-point operations for one sample, a multiplication and an addition counted each: of the products alone, as they
/// are defined (zeros and positions that pooling drops included). Training: forward, the gradient of all weights, and
/// the gradient at the input of every layer with weights but the first.
struct NetworkCost {
    double forward = 0.0;
    double training = 0.0;
};
NetworkCost networkCost(const NetworkSpec& spec, const Shape& image);

/// `conv2d 32, relu, maxpool 2, dropout 0.25, flatten, dense 10`, and back: a convolution takes its filters and, if it is
/// not 3, its kernel. Throws ratescope::Error naming the word that is no layer.
std::string layerListText(const NetworkSpec& spec);
NetworkSpec parseLayerList(std::string_view text);

} // namespace ratescope
