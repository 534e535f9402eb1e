// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/loss.h"
#include "core/network/network_spec.h"
#include "core/network/parameter_view.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// A forward pass written down as plainly as it can be, in double, to hold the network's own against. Values lie as in
/// PyTorch: channel by channel, row by row, so that to flatten is to do nothing. Dropout lets everything through.
class ReferenceNetwork {
public:
    struct Values {
        std::size_t channels = 0;
        std::size_t height = 1;
        std::size_t width = 1;
        std::vector<double> x;
    };

    ReferenceNetwork(ratescope::NetworkSpec spec, ratescope::Loss loss)
        : m_spec(std::move(spec))
        , m_loss(loss) {}

    /// Weights and biases of each layer that has some, row-major as PyTorch keeps them.
    std::vector<std::vector<double>> tensors;

    void takeWeights(std::span<const ratescope::ParameterView> parameters) {
        tensors.clear();
        for (const ratescope::ParameterView& view : parameters) {
            const ratescope::Tensor tensor = tensorOf(view);
            tensors.emplace_back(tensor.values.begin(), tensor.values.end());
        }
    }

    std::size_t layers() const { return m_spec.layers.size(); }
    bool hasWeights(std::size_t layer) const { return ratescope::hasWeights(m_spec.layers[layer].type); }

    static Values image(const ratescope::SampleSet& set, std::uint32_t sample) {
        Values values{1, set.rows, set.columns, {}};
        for (const std::uint8_t pixel : set.image(sample)) values.x.push_back(pixel / 255.0);
        return values;
    }

    /// What layer number `layer` makes of what lies below it.
    Values apply(std::size_t layer, const Values& in) const {
        using enum ratescope::LayerType;
        const ratescope::LayerSpec& spec = m_spec.layers[layer];
        switch (spec.type) {
        case Dense: return dense(in, tensors[tensorOfLayer(layer)], tensors[tensorOfLayer(layer) + 1]);
        case Conv2d: return convolution(in, tensors[tensorOfLayer(layer)], tensors[tensorOfLayer(layer) + 1], spec.side);
        case MaxPool: return pooled(in, spec.side);
        case Flatten: return {in.x.size(), 1, 1, in.x};
        case Dropout: return in;
        case Relu: return mapped(in, [this](double x) {
            keepMargin(std::abs(x));
            return std::max(x, 0.0);
        });
        case Tanh: return mapped(in, [](double x) { return std::tanh(x); });
        case Sigmoid: return mapped(in, [](double x) { return 1.0 / (1.0 + std::exp(-x)); });
        }
        return in;
    }

    Values scores(Values values, std::size_t firstLayer = 0) const {
        for (std::size_t i = firstLayer; i < layers(); ++i) values = apply(i, values);
        return values;
    }

    /// The loss of one sample.
    double loss(const std::vector<double>& scores, std::uint8_t label) const {
        const std::vector<double> p = softmax(scores);
        if (m_loss == ratescope::Loss::CrossEntropy) {
            const double highest = *std::ranges::max_element(scores);
            double sum = 0.0;
            for (const double score : scores) sum += std::exp(score - highest);
            return std::log(sum) + highest - scores[label];
        }
        double sum = 0.0;
        for (std::size_t c = 0; c < p.size(); ++c) sum += std::pow(p[c] - (c == label ? 1.0 : 0.0), 2);
        return sum / static_cast<double>(p.size());
    }

    static std::vector<double> softmax(const std::vector<double>& scores) {
        const double highest = *std::ranges::max_element(scores);
        std::vector<double> p;
        double sum = 0.0;
        for (const double score : scores) sum += p.emplace_back(std::exp(score - highest));
        for (double& value : p) value /= sum;
        return p;
    }

    /// How near a ReLU came to its kink, or a pooling window to a change of its winner, in all that was computed since this
    /// was infinite. Exact ties are left out: they come from a ReLU below, or from the same patch under a whole window, and
    /// stay ties.
    mutable double margin = std::numeric_limits<double>::infinity();

private:
    std::size_t tensorOfLayer(std::size_t layer) const {
        return 2 * static_cast<std::size_t>(std::ranges::count_if(std::span(m_spec.layers).first(layer),
                                                                  ratescope::hasWeights, &ratescope::LayerSpec::type));
    }

    void keepMargin(double distance) const {
        if (distance > 0.0) margin = std::min(margin, distance);
    }

    template <typename Function>
    static Values mapped(Values values, const Function& function) {
        for (double& x : values.x) x = function(x);
        return values;
    }

    static Values dense(const Values& in, const std::vector<double>& weights, const std::vector<double>& biases) {
        Values out{biases.size(), 1, 1, biases};
        for (std::size_t unit = 0; unit < biases.size(); ++unit)
            for (std::size_t k = 0; k < in.x.size(); ++k) out.x[unit] += weights[unit * in.x.size() + k] * in.x[k];
        return out;
    }

    static Values convolution(const Values& in, const std::vector<double>& weights, const std::vector<double>& biases,
                              std::size_t kernel) {
        Values out{biases.size(), in.height - kernel + 1, in.width - kernel + 1, {}};
        for (const double bias : biases) out.x.insert(out.x.end(), out.height * out.width, bias);
        const double* weight = weights.data();
        for (std::size_t f = 0; f < out.channels; ++f)
            for (std::size_t c = 0; c < in.channels; ++c)
                for (std::size_t ky = 0; ky < kernel; ++ky)
                    for (std::size_t kx = 0; kx < kernel; ++kx, ++weight)
                        for (std::size_t y = 0; y < out.height; ++y) {
                            const double* from = &in.x[(c * in.height + y + ky) * in.width + kx];
                            double* to = &out.x[(f * out.height + y) * out.width];
                            for (std::size_t x = 0; x < out.width; ++x) to[x] += *weight * from[x];
                        }
        return out;
    }

    Values pooled(const Values& in, std::size_t size) const {
        Values out{in.channels, in.height / size, in.width / size, {}};
        for (std::size_t c = 0; c < out.channels; ++c)
            for (std::size_t y = 0; y < out.height; ++y)
                for (std::size_t x = 0; x < out.width; ++x) out.x.push_back(largest(in, c, y * size, x * size, size));
        return out;
    }

    double largest(const Values& in, std::size_t channel, std::size_t y0, std::size_t x0, std::size_t size) const {
        const double* first = &in.x[(channel * in.height + y0) * in.width + x0];
        double best = *first;
        for (std::size_t p = 0; p < size * size; ++p) best = std::max(best, first[p / size * in.width + p % size]);
        for (std::size_t p = 0; p < size * size; ++p) keepMargin(best - first[p / size * in.width + p % size]);
        return best;
    }

    ratescope::NetworkSpec m_spec;
    ratescope::Loss m_loss;
};

/// The reference's mean loss over a batch and how it changes with the weights of one tensor. Layers below that tensor are
/// computed once.
class NumericGradient {
public:
    NumericGradient(ReferenceNetwork& reference, const ratescope::SampleSet& set, std::span<const std::uint32_t> samples)
        : m_reference(reference) {
        for (const std::uint32_t sample : samples) {
            std::vector<ReferenceNetwork::Values> inputs{ReferenceNetwork::image(set, sample)};
            for (std::size_t i = 0; i < reference.layers(); ++i) inputs.push_back(reference.apply(i, inputs.back()));
            m_inputs.push_back(std::move(inputs));
            m_labels.push_back(set.labels[sample]);
        }
        for (std::size_t i = 0; i < reference.layers(); ++i)
            if (reference.hasWeights(i)) m_layerOfTensor.insert(m_layerOfTensor.end(), 2, i);
    }

    /// The scores of the batch's sample number `row`, as the weights were at first.
    const std::vector<double>& scores(std::size_t row) const { return m_inputs[row].back().x; }

    double meanLoss(std::size_t firstLayer) const {
        double sum = 0.0;
        for (std::size_t n = 0; n < m_labels.size(); ++n)
            sum += m_reference.loss(m_reference.scores(m_inputs[n][firstLayer], firstLayer).x, m_labels[n]);
        return sum / static_cast<double>(m_labels.size());
    }

    /// The central difference of the loss along `direction` in the space of that tensor.
    double along(std::size_t tensor, const std::vector<double>& direction) {
        // Far enough for the loss's rounding, near enough to stay on one side of every kink.
        constexpr double step = 2e-7;
        std::vector<double>& values = m_reference.tensors[tensor];
        const std::vector<double> before = values;
        const auto lossAt = [&](double distance) {
            for (std::size_t k = 0; k < values.size(); ++k) values[k] = before[k] + distance * direction[k];
            return meanLoss(m_layerOfTensor[tensor]);
        };
        const double slope = (lossAt(step) - lossAt(-step)) / (2.0 * step);
        values = before;
        return slope;
    }

private:
    ReferenceNetwork& m_reference;
    std::vector<std::vector<ReferenceNetwork::Values>> m_inputs; ///< of every layer, sample by sample, and the scores
    std::vector<std::uint8_t> m_labels;
    std::vector<std::size_t> m_layerOfTensor;
};
