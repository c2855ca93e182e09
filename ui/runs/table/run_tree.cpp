// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/run_tree.h"

#include <QCollator>
#include <QHash>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace simclr::ui {

namespace {

/// The places of texts in the order of the user's language, so that a text is compared once and not in every
/// comparison of two runs.
class TextRanks {
  public:
    explicit TextRanks(const QStringList &texts) {
        QStringList distinct = texts;
        distinct.removeDuplicates();
        QCollator collator;
        collator.setCaseSensitivity(Qt::CaseInsensitive);
        collator.setNumericMode(true);
        std::stable_sort(distinct.begin(), distinct.end(), collator);
        for (const QString &text : std::as_const(distinct))
            m_ranks.insert(text, static_cast<int>(m_ranks.size()));
    }
    int operator[](const QString &text) const { return m_ranks.value(text); }

  private:
    QHash<QString, int> m_ranks;
};

/// The values of one column as numbers that have the same order.
struct SortKeys {
    std::vector<int> comparable; ///< places of groups of comparable values
    std::vector<double> values;  ///< NaN where there is none
};

std::vector<double> numbersOf(const std::vector<SortValue> &values) {
    QStringList texts;
    for (const SortValue &value : values)
        if (const auto *text = std::get_if<QString>(&value))
            texts.append(*text);
    const TextRanks ranks(texts);
    std::vector<double> numbers;
    numbers.reserve(values.size());
    for (const SortValue &value : values) {
        if (const auto *number = std::get_if<double>(&value))
            numbers.push_back(*number);
        else if (const auto *text = std::get_if<QString>(&value))
            numbers.push_back(ranks[*text]);
        else
            numbers.push_back(std::numeric_limits<double>::quiet_NaN());
    }
    return numbers;
}

std::vector<int> comparableOf(const std::vector<RunPtr> &runs, const RunColumn &column) {
    if (!column.comparable)
        return std::vector<int>(runs.size(), 0);
    QStringList texts;
    for (const RunPtr &run : runs)
        texts.append(column.comparable(*run));
    QStringList distinct = texts;
    distinct.removeDuplicates();
    distinct.sort();
    std::vector<int> places;
    for (const QString &text : std::as_const(texts))
        places.push_back(static_cast<int>(distinct.indexOf(text)));
    return places;
}

SortKeys keysOf(const std::vector<RunPtr> &runs, const RunColumn &column) {
    std::vector<SortValue> values;
    values.reserve(runs.size());
    for (const RunPtr &run : runs)
        values.push_back(sortValue(column, *run));
    return {comparableOf(runs, column), numbersOf(values)};
}

/// `runs` are newest first, which decides between equal ones.
std::vector<RunPtr> sorted(const std::vector<RunPtr> &runs, const RunColumn &column, Qt::SortOrder order) {
    const SortKeys keys = keysOf(runs, column);
    std::vector<std::size_t> places(runs.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const bool descends = order == Qt::DescendingOrder;
    std::stable_sort(places.begin(), places.end(), [&](std::size_t one, std::size_t other) {
        const double left = keys.values[one];
        const double right = keys.values[other];
        if (std::isnan(left) || std::isnan(right))
            return !std::isnan(left) && std::isnan(right);
        if (keys.comparable[one] != keys.comparable[other])
            return keys.comparable[one] < keys.comparable[other];
        return descends ? left > right : left < right;
    });
    std::vector<RunPtr> result;
    result.reserve(runs.size());
    for (const std::size_t place : places)
        result.push_back(runs[place]);
    return result;
}

std::vector<RunPtr> shownOf(const std::vector<RunPtr> &runs, const std::optional<QSet<qint64>> &shown) {
    if (!shown)
        return runs;
    std::vector<RunPtr> result;
    for (const RunPtr &run : runs)
        if (shown->contains(run->id))
            result.push_back(run);
    return result;
}

/// Builds the rows of sorted runs.
class TreeBuilder {
  public:
    TreeBuilder(const RunColumn &column, const RunOrder &order) : m_column(column), m_order(order) {}

    void fill(RunNode &parent, const std::vector<RunPtr> &runs, std::size_t depth = 0) const {
        parent.runs = static_cast<int>(runs.size());
        if (depth == m_order.levels.size())
            addRuns(parent, runs);
        else
            addGroups(parent, runs, depth);
        for (std::size_t row = 0; row < parent.children.size(); ++row) {
            parent.children[row]->parent = &parent;
            parent.children[row]->row = static_cast<int>(row);
        }
    }

  private:
    static void addRuns(RunNode &parent, const std::vector<RunPtr> &runs) {
        parent.children.reserve(runs.size());
        for (const RunPtr &run : runs) {
            parent.children.push_back(std::make_unique<RunNode>());
            parent.children.back()->run = run;
        }
    }

    void addGroups(RunNode &parent, const std::vector<RunPtr> &runs, std::size_t depth) const {
        const RunLevel &level = m_order.levels[depth];
        QHash<QString, std::size_t> places;
        std::vector<std::vector<RunPtr>> members;
        for (const RunPtr &run : runs) {
            const QString key = level.key(*run);
            const auto place = places.constFind(key);
            if (place != places.cend()) {
                members[*place].push_back(run);
                continue;
            }
            places.insert(key, members.size());
            members.push_back({run});
            parent.children.push_back(std::make_unique<RunNode>());
            parent.children.back()->key = key;
            parent.children.back()->title = level.title(key);
        }
        for (std::size_t i = 0; i < members.size(); ++i)
            fill(*parent.children[i], members[i], depth + 1);
        sortByMean(parent.children);
    }

    void sortByMean(std::vector<std::unique_ptr<RunNode>> &groups) const {
        if (!m_column.isNumber)
            return; // in the order of their first runs
        QHash<const RunNode *, GroupSummary> summaries;
        for (const auto &group : groups)
            summaries.insert(group.get(), summarise(*group, m_column));
        const bool descends = m_order.order == Qt::DescendingOrder;
        std::stable_sort(groups.begin(), groups.end(), [&](const auto &one, const auto &other) {
            const GroupSummary left = summaries.value(one.get());
            const GroupSummary right = summaries.value(other.get());
            if (left.known == 0 || right.known == 0)
                return left.known > 0 && right.known == 0;
            return descends ? left.mean > right.mean : left.mean < right.mean;
        });
    }

    const RunColumn &m_column;
    const RunOrder &m_order;
};

} // namespace

void RunNode::visitRuns(const std::function<void(const RunPtr &)> &visit) const {
    if (run != nullptr)
        visit(run);
    for (const auto &child : children)
        child->visitRuns(visit);
}

std::unique_ptr<RunNode> arrangeRuns(const std::vector<RunPtr> &runs, const std::vector<RunColumn> &columns,
                                     const RunOrder &order) {
    const RunColumn &column = columns[static_cast<std::size_t>(order.column)];
    auto root = std::make_unique<RunNode>();
    TreeBuilder(column, order).fill(*root, sorted(shownOf(runs, order.shown), column, order.order));
    return root;
}

GroupSummary summarise(const RunNode &group, const RunColumn &column) {
    std::vector<double> values;
    GroupSummary summary;
    group.visitRuns([&](const RunPtr &run) {
        ++summary.runs;
        const SortValue value = sortValue(column, *run);
        if (const auto *number = std::get_if<double>(&value); number != nullptr && !std::isnan(*number))
            values.push_back(*number);
    });
    summary.known = static_cast<int>(values.size());
    if (values.empty())
        return summary;
    const double count = static_cast<double>(values.size());
    summary.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - summary.mean) * (value - summary.mean);
    if (values.size() > 1)
        summary.deviation = std::sqrt(squares / (count - 1));
    return summary;
}

std::size_t qHash(const RowKey &key, std::size_t seed) {
    return qHashMulti(seed, qint64(key.run), key.group);
}

RowKey keyOf(const RunNode &node) {
    return node.run != nullptr ? RowKey{node.run->id, {}} : RowKey{0, node.key};
}

QSet<RowKey> keysOf(const RunNode &parent) {
    QSet<RowKey> keys;
    keys.reserve(static_cast<qsizetype>(parent.children.size()));
    for (const auto &child : parent.children)
        keys.insert(keyOf(*child));
    return keys;
}

QHash<QString, RunNode *> groupsOf(const RunNode &parent) {
    QHash<QString, RunNode *> groups;
    for (const auto &child : parent.children)
        if (child->isGroup())
            groups.insert(child->key, child.get());
    return groups;
}

std::unique_ptr<RunNode> copyOf(const RunNode &node, RunNode &parent) {
    auto copy = std::make_unique<RunNode>();
    copy->parent = &parent;
    copy->run = node.run;
    copy->key = node.key;
    copy->title = node.title;
    copy->runs = node.runs;
    for (const auto &child : node.children) {
        copy->children.push_back(copyOf(*child, *copy));
        copy->children.back()->row = child->row;
    }
    return copy;
}

void forRangesNotIn(const RunNode &parent, const QSet<RowKey> &others,
                    const std::function<void(std::size_t, std::size_t)> &take) {
    const auto isOwn = [&](std::size_t row) { return !others.contains(keyOf(*parent.children[row])); };
    for (std::size_t end = parent.children.size(); end > 0;) {
        std::size_t begin = end;
        while (begin > 0 && isOwn(begin - 1))
            --begin;
        if (begin < end)
            take(begin, end - 1);
        end = begin < end ? begin : end - 1;
    }
}

int rangesBetween(const RunNode &older, const RunNode &newer) {
    int ranges = 0;
    const auto count = [&ranges](std::size_t, std::size_t) { ++ranges; };
    forRangesNotIn(older, keysOf(newer), count);
    forRangesNotIn(newer, keysOf(older), count);
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    for (const auto &child : older.children)
        if (const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr)
            ranges += rangesBetween(*child, *same);
    return ranges;
}

bool haveSameShape(const RunNode &one, const RunNode &other) {
    if (one.isGroup() != other.isGroup() || one.key != other.key || one.title != other.title ||
        (one.run != nullptr && one.run->id != other.run->id))
        return false;
    return std::ranges::equal(one.children, other.children, [](const auto &left, const auto &right) {
        return haveSameShape(*left, *right);
    });
}

} // namespace simclr::ui
