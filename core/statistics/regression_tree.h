// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/random/random.h"
#include "core/statistics/random_forest.h"

#include <cstddef>
#include <vector>

namespace simclr {

/// A regression tree of a random forest: at each node the split with the smallest squared error of a
/// random third of the features (at least two) (Breiman et al. 1984, chapter 8).
class RegressionTree {
  public:
    /// Grows a tree on these cases, which may repeat. References are only used in the constructor.
    RegressionTree(const std::vector<ForestFeature> &features, const std::vector<double> &target,
                   std::vector<std::size_t> cases, RandomStream &random);

    /// The prediction for the case whose value of feature f is `valueOf(f)`.
    template <typename ValueOf>
    double predict(ValueOf valueOf) const {
        std::size_t at = 0;
        while (!m_nodes[at].isLeaf()) {
            const Node &node = m_nodes[at];
            at = node.split.goesLeft(valueOf(node.split.feature)) ? node.left : node.right;
        }
        return m_nodes[at].mean;
    }

  private:
    struct Split {
        std::size_t feature = 0;
        double value = 0;
        bool isOrdered = true;
        double gain = 0; ///< reduction of the squared error; 0: there is no split

        bool goesLeft(double other) const { return isOrdered ? other <= value : other == value; }
    };
    struct Node {
        Split split;
        double mean = 0;
        std::size_t left = 0; ///< 0, the root: a leaf
        std::size_t right = 0;

        bool isLeaf() const { return left == 0; }
    };
    class Growth;

    std::vector<Node> m_nodes;
};

} // namespace simclr
