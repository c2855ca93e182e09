// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/random_forest.h"

#include "core/statistics/regression_tree.h"
#include "core/statistics/sample_summary.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr std::size_t fewestCases = 8;
constexpr std::uint32_t trees = 200;
constexpr std::size_t largestSample = 512;

/// Some cases, which repeat, and cases that are not among them.
struct Bootstrap {
    std::vector<std::size_t> sample;
    std::vector<std::size_t> unseen;
};

Bootstrap bootstrap(std::size_t cases, RandomStream &random) {
    Bootstrap bag;
    std::vector<bool> isSeen(cases);
    for (std::size_t i = 0; i < std::min(cases, largestSample); ++i) {
        bag.sample.push_back(random.below(static_cast<std::uint32_t>(cases)));
        isSeen[bag.sample.back()] = true;
    }
    for (std::size_t i = 0; i < cases; ++i)
        if (!isSeen[i])
            bag.unseen.push_back(i);
    random.shuffle(bag.unseen);
    bag.unseen.resize(std::min(bag.unseen.size(), largestSample));
    return bag;
}

/// Adds up the errors of trees in the cases that they have not seen.
class Assessment {
  public:
    Assessment(const std::vector<ForestFeature> &features, const std::vector<double> &target)
        : m_features(features),
          m_target(target),
          m_shuffledErrors(features.size()),
          m_sums(target.size()),
          m_counts(target.size()) {}

    void add(const RegressionTree &tree, const std::vector<std::size_t> &unseen, RandomStream &random) {
        for (const std::size_t each : unseen) {
            const double prediction = predict(tree, each, m_features.size(), each);
            m_error += squaredError(prediction, each);
            m_sums[each] += prediction;
            ++m_counts[each];
        }
        m_predictions += unseen.size();
        for (std::size_t feature = 0; feature < m_features.size(); ++feature)
            addShuffled(tree, unseen, feature, random);
    }

    ForestImportance result(double variance) const {
        ForestImportance result{m_target.size(), 1 - errorOfTheForest() / variance, {}};
        for (const double error : m_shuffledErrors)
            result.importance.push_back((error - m_error) / static_cast<double>(m_predictions) / variance);
        return result;
    }

  private:
    /// The value of `shuffled` is that of the case `other`.
    double predict(const RegressionTree &tree, std::size_t each, std::size_t shuffled,
                   std::size_t other) const {
        return tree.predict([&](std::size_t feature) {
            return m_features[feature].values[feature == shuffled ? other : each];
        });
    }
    double squaredError(double prediction, std::size_t each) const {
        return (prediction - m_target[each]) * (prediction - m_target[each]);
    }
    void addShuffled(const RegressionTree &tree, const std::vector<std::size_t> &unseen, std::size_t feature,
                     RandomStream &random) {
        std::vector<std::size_t> others = unseen;
        random.shuffle(others);
        for (std::size_t i = 0; i < unseen.size(); ++i)
            m_shuffledErrors[feature] +=
                squaredError(predict(tree, unseen[i], feature, others[i]), unseen[i]);
    }
    /// Mean squared error of the trees' mean prediction.
    double errorOfTheForest() const {
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_target.size(); ++i)
            if (m_counts[i] > 0) {
                sum += squaredError(m_sums[i] / static_cast<double>(m_counts[i]), i);
                ++count;
            }
        return sum / static_cast<double>(count);
    }

    const std::vector<ForestFeature> &m_features;
    const std::vector<double> &m_target;
    double m_error = 0;
    std::vector<double> m_shuffledErrors; ///< per feature
    std::size_t m_predictions = 0;
    std::vector<double> m_sums; ///< of the predictions for each case
    std::vector<std::size_t> m_counts;
};

} // namespace

std::optional<ForestImportance> forestImportance(const std::vector<ForestFeature> &features,
                                                 const std::vector<double> &target, std::uint64_t seed) {
    const SampleSummary summary = summarise(target);
    if (features.empty() || target.size() < fewestCases || !(summary.sd > 0))
        return std::nullopt;
    Assessment assessment(features, target);
    for (std::uint32_t i = 0; i < trees; ++i) {
        RandomStream random({.seed = seed, .purpose = Purpose::Forest, .epoch = i});
        Bootstrap bag = bootstrap(target.size(), random);
        const RegressionTree tree(features, target, std::move(bag.sample), random);
        assessment.add(tree, bag.unseen, random);
    }
    const auto n = static_cast<double>(target.size());
    return assessment.result(summary.sd * summary.sd * (n - 1) / n);
}

} // namespace simclr
