// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/thread_governor.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

constexpr double secondsBetweenLooks = 0.5;
constexpr int looksForFewer = 2;
constexpr int looksForMore = 8;
/// Fraction of each thread's processor that others may use before it counts as busy …
constexpr double tolerance = 0.5;
/// … and before it counts as free again; the gap prevents oscillation.
constexpr double toleranceForMore = 0.25;

} // namespace

ThreadGovernor::ThreadGovernor(int most, int processors)
    : m_most(most), m_processors(processors), m_threads(most) {}

bool ThreadGovernor::isDue(double now) const {
    return !m_last || now - m_last->wall >= secondsBetweenLooks;
}

std::optional<int> ThreadGovernor::next(const ProcessorUse &use) {
    if (!m_last)
        m_last = use;
    if (!isDue(use.wall))
        return std::nullopt;
    const double seconds = use.wall - m_last->wall;
    count(std::max(0.0, (use.others - m_last->others) / seconds));
    m_last = use;
    if (m_crowded >= looksForFewer)
        return changed(m_fewer);
    if (m_roomy >= looksForMore)
        return changed(m_more);
    return std::nullopt;
}

/// `others`: processors that other programs have used since the last call.
void ThreadGovernor::count(double others) {
    const auto roomFor = [&](double tolerated) {
        const int room = static_cast<int>(std::floor(m_processors - others + tolerated));
        return std::clamp(room, 1, m_most);
    };
    const int fewer = roomFor(tolerance);
    m_fewer = m_crowded == 0 ? fewer : std::max(m_fewer, fewer);
    m_crowded = fewer < m_threads ? m_crowded + 1 : 0;
    const int more = roomFor(toleranceForMore);
    m_more = m_roomy == 0 ? more : std::min(m_more, more);
    m_roomy = more > m_threads ? m_roomy + 1 : 0;
}

std::optional<int> ThreadGovernor::changed(int threads) {
    m_crowded = 0;
    m_roomy = 0;
    m_threads = threads;
    return threads;
}

} // namespace simclr
