// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/regression_tree.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace simclr {

namespace {

constexpr std::size_t smallestLeaf = 2;

/// Number and sum of the targets on one side of a split. The squared error of a node with several sides is
/// smallest where the sum of their squares() is largest.
struct Side {
    std::size_t count = 0;
    double sum = 0;

    void add(double target) {
        ++count;
        sum += target;
    }
    Side without(const Side &other) const { return {count - other.count, sum - other.sum}; }
    double squares() const { return sum * sum / static_cast<double>(count); }
    bool isLargeEnough() const { return count >= smallestLeaf; }
};

} // namespace

class RegressionTree::Growth {
  public:
    Growth(RegressionTree &tree, const std::vector<ForestFeature> &features,
           const std::vector<double> &target, RandomStream &random)
        : m_tree(tree), m_features(features), m_target(target), m_random(random) {}

    /// Returns the place of the new node.
    std::size_t grow(std::span<std::size_t> cases) {
        const std::size_t place = m_tree.m_nodes.size();
        const Side all = sideOf(cases);
        Node node{bestSplit(cases, all), all.sum / static_cast<double>(all.count)};
        m_tree.m_nodes.push_back(node);
        if (node.split.gain <= 0)
            return place;
        const std::vector<double> &values = m_features[node.split.feature].values;
        const auto right = std::ranges::stable_partition(
            cases, [&](std::size_t each) { return node.split.goesLeft(values[each]); });
        const std::size_t leftCount = cases.size() - right.size();
        node.left = grow(cases.first(leftCount));
        node.right = grow(cases.subspan(leftCount));
        m_tree.m_nodes[place] = node;
        return place;
    }

  private:
    Side sideOf(std::span<const std::size_t> cases) const {
        Side side;
        for (const std::size_t each : cases)
            side.add(m_target[each]);
        return side;
    }

    std::vector<std::size_t> someFeatures() {
        std::vector<std::size_t> chosen(m_features.size());
        std::iota(chosen.begin(), chosen.end(), std::size_t{0});
        m_random.shuffle(chosen);
        chosen.resize(std::min(chosen.size(), std::max<std::size_t>(2, (chosen.size() + 2) / 3)));
        return chosen;
    }

    Split bestSplit(std::span<const std::size_t> cases, const Side &all) {
        Split best;
        if (all.count < 2 * smallestLeaf)
            return best;
        for (const std::size_t feature : someFeatures())
            tryFeature(feature, cases, all, best);
        return best;
    }

    /// Cases with one value are one step. On the left are all steps so far, or this one if they have no
    /// order.
    void tryFeature(std::size_t feature, std::span<const std::size_t> cases, const Side &all,
                    Split &best) const {
        const std::vector<double> &values = m_features[feature].values;
        const bool isOrdered = m_features[feature].isOrdered;
        std::vector<std::size_t> sorted(cases.begin(), cases.end());
        std::ranges::stable_sort(sorted, {}, [&](std::size_t each) { return values[each]; });
        Side left;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            left.add(m_target[sorted[i]]);
            const double value = values[sorted[i]];
            if (i + 1 < sorted.size() && values[sorted[i + 1]] == value)
                continue;
            tryAt({feature, value, isOrdered, 0}, left, all, best);
            if (!isOrdered)
                left = Side();
        }
    }

    static void tryAt(Split split, const Side &left, const Side &all, Split &best) {
        const Side right = all.without(left);
        if (!left.isLargeEnough() || !right.isLargeEnough())
            return;
        constexpr double rounding = 1e-12;
        split.gain = left.squares() + right.squares() - all.squares();
        if (split.gain > best.gain + rounding * all.squares())
            best = split;
    }

    RegressionTree &m_tree;
    const std::vector<ForestFeature> &m_features;
    const std::vector<double> &m_target;
    RandomStream &m_random;
};

RegressionTree::RegressionTree(const std::vector<ForestFeature> &features, const std::vector<double> &target,
                               std::vector<std::size_t> cases, RandomStream &random) {
    Growth(*this, features, target, random).grow(cases);
}

} // namespace simclr
