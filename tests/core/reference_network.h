// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network_spec.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

/// A forward pass written down as plainly as it can be, in double, to hold the network's own against.
class ReferenceNetwork {
public:
    ReferenceNetwork(ratescope::NetworkSpec spec, std::size_t inputs)
        : m_spec(std::move(spec))
        , m_inputs(inputs) {}

    /// Tensors as the network has them: weights (units × inputs) and biases of each dense layer.
    std::vector<std::vector<double>> tensors;

    std::vector<double> scores(std::span<const float> sample) const {
        std::vector<double> x(sample.begin(), sample.end());
        std::size_t tensor = 0;
        for (const ratescope::LayerSpec& layer : m_spec.layers) {
            if (layer.type == ratescope::LayerType::Dense) {
                x = dense(x, tensors[tensor], tensors[tensor + 1]);
                tensor += 2;
            } else {
                for (double& value : x) value = activation(layer.type, value);
            }
        }
        return x;
    }

    /// Mean of −log softmax(scores)[label].
    double meanLoss(std::span<const float> samples, std::span<const std::uint8_t> labels) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const std::vector<double> s = scores(samples.subspan(i * m_inputs, m_inputs));
            const double highest = *std::ranges::max_element(s);
            double exponentials = 0.0;
            for (const double score : s) exponentials += std::exp(score - highest);
            sum += std::log(exponentials) + highest - s[labels[i]];
        }
        return sum / static_cast<double>(labels.size());
    }

private:
    static std::vector<double> dense(const std::vector<double>& x, const std::vector<double>& weights,
                                     const std::vector<double>& biases) {
        std::vector<double> y = biases;
        for (std::size_t unit = 0; unit < y.size(); ++unit)
            for (std::size_t k = 0; k < x.size(); ++k) y[unit] += weights[unit * x.size() + k] * x[k];
        return y;
    }

    static double activation(ratescope::LayerType type, double x) {
        switch (type) {
        case ratescope::LayerType::Relu:
            return std::max(x, 0.0);
        case ratescope::LayerType::Tanh:
            return std::tanh(x);
        case ratescope::LayerType::Sigmoid:
            return 1.0 / (1.0 + std::exp(-x));
        case ratescope::LayerType::Dense:
            break;
        }
        return x;
    }

    ratescope::NetworkSpec m_spec;
    std::size_t m_inputs;
};
