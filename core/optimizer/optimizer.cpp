// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optimizer/optimizer.h"

#include <algorithm>

namespace ratescope {

Optimizer::Optimizer(std::size_t parameters, const std::vector<float>& initial, std::vector<double> scalars)
    : m_scalars(std::move(scalars)) {
    for (const float value : initial) {
        AlignedBuffer& buffer = m_buffers.emplace_back(parameters);
        std::ranges::fill(buffer.span(), value);
    }
}

void Optimizer::beginStep(double rate) {
    ++m_steps;
    m_rate = rate;
    prepareStep();
}

OptimizerState Optimizer::state() const {
    OptimizerState state{m_steps, m_scalars, {}};
    for (const AlignedBuffer& buffer : m_buffers) state.buffers.emplace_back(buffer.span().begin(), buffer.span().end());
    return state;
}

void Optimizer::restore(const OptimizerState& state) {
    const bool fits = state.scalars.size() == m_scalars.size() && state.buffers.size() == m_buffers.size() &&
                      std::ranges::equal(state.buffers, m_buffers, {}, [](const auto& b) { return b.size(); },
                                         [](const auto& b) { return b.size(); });
    if (!fits) throw Error("the optimizer's state is of another rule or another network");
    m_steps = state.steps;
    m_scalars = state.scalars;
    for (std::size_t i = 0; i < m_buffers.size(); ++i) std::ranges::copy(state.buffers[i], m_buffers[i].data());
}

} // namespace ratescope
