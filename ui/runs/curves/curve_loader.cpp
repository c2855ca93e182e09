// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_loader.h"

#include "core/metrics/metric.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "ui/text/sentence_text.h"

#include <limits>
#include <set>
#include <stop_token>
#include <utility>

namespace simclr::ui {

namespace {

/// Steps of imported runs may be 0 or below.
constexpr std::int64_t beforeAll = std::numeric_limits<std::int64_t>::min();

/// In alphabetical order. Nothing if the store cannot be read, which reading the curves tells of.
QStringList foreignMetrics(const std::filesystem::path &database, const std::vector<RunId> &runs,
                           const std::stop_token &stop) {
    std::set<std::string> names;
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        for (const RunId run : runs) {
            if (stop.stop_requested())
                break;
            for (const std::string &key : store.metrics().keys(run))
                if (!MetricId::find(key))
                    names.insert(key);
        }
    } catch (const std::exception &) {
        return {};
    }
    QStringList result;
    for (const std::string &name : names)
        result.append(QString::fromStdString(name));
    return result;
}

} // namespace

CurveLoader::CurveLoader(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

/// Which points are new is known only when all earlier ones were read.
void CurveLoader::request(const QList<Key> &keys) {
    m_wanted = keys;
    dropUnwanted();
    m_again = m_worker.isWorking();
    if (m_again || keys.isEmpty())
        return;
    std::vector<Piece> pieces;
    for (const Key &key : keys) {
        const std::vector<MetricPoint> &known = curve(key);
        pieces.push_back({key, known.empty() ? beforeAll : known.back().step, {}});
    }
    m_worker.ask([database = m_database, pieces = std::move(pieces)] { return read(database, pieces); },
                 [this](const Answer &answer) { take(answer); });
}

CurveLoader::Answer CurveLoader::read(const std::filesystem::path &database, std::vector<Piece> pieces) {
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        for (Piece &piece : pieces)
            piece.points =
                store.metrics().curve(piece.key.first, piece.key.second.toStdString(), piece.afterStep);
    } catch (const std::exception &error) {
        return {{}, sentenceText(error)};
    }
    return {std::move(pieces), {}};
}

void CurveLoader::take(const Answer &answer) {
    if (answer.problem.isEmpty())
        add(answer.pieces);
    else
        Q_EMIT failed(answer.problem);
    if (std::exchange(m_again, false))
        request(m_wanted);
}

void CurveLoader::add(const std::vector<Piece> &pieces) {
    bool isNew = false;
    for (const Piece &piece : pieces) {
        std::shared_ptr<std::vector<MetricPoint>> &known = m_curves[piece.key];
        if (!known || known.use_count() > 1) // another thread reads the old ones
            known = std::make_shared<std::vector<MetricPoint>>(curve(piece.key));
        known->insert(known->end(), piece.points.begin(), piece.points.end());
        isNew = isNew || !piece.points.empty();
    }
    if (isNew)
        Q_EMIT loaded();
}

const std::vector<MetricPoint> &CurveLoader::curve(const Key &key) const {
    static const std::vector<MetricPoint> none;
    const auto found = m_curves.constFind(key);
    return found == m_curves.constEnd() || !*found ? none : **found;
}

std::shared_ptr<const std::vector<MetricPoint>> CurveLoader::shared(const Key &key) const {
    const auto found = m_curves.constFind(key);
    return found == m_curves.constEnd() || !*found ? std::make_shared<const std::vector<MetricPoint>>()
                                                   : *found;
}

/// Curves that were shown before are kept, but not without limit.
void CurveLoader::dropUnwanted() {
    constexpr std::size_t mostPoints = 4'000'000; // 128 MB
    std::size_t points = 0;
    for (const auto &curve : std::as_const(m_curves))
        points += curve ? curve->size() : 0;
    if (points > mostPoints)
        m_curves.removeIf([this](const auto &item) { return !m_wanted.contains(item.key()); });
}

void CurveLoader::describe(const std::vector<RunId> &runs) {
    m_describer.ask([database = m_database, runs] { return readRuns(database, runs); },
                    [this](const Described &answer) {
                        if (!answer.problem.isEmpty())
                            Q_EMIT failed(answer.problem);
                        Q_EMIT described(answer.runs);
                    });
}

void CurveLoader::listMetrics(const std::vector<RunId> &runs) {
    m_lister.ask(
        [database = m_database, runs](const BackgroundWorker::Task &task) {
            return foreignMetrics(database, runs, task.stop());
        },
        [this](const QStringList &foreign) { Q_EMIT metricsListed(foreign); });
}

CurveLoader::Described CurveLoader::readRuns(const std::filesystem::path &database,
                                             const std::vector<RunId> &runs) {
    Described answer;
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        for (const RunId run : runs)
            try {
                answer.runs.push_back(store.runs().one(run));
            } catch (const InvalidInput &) {
                continue; // deleted meanwhile
            }
    } catch (const std::exception &error) {
        answer.problem = sentenceText(error);
    }
    return answer;
}

void CurveLoader::forget(qint64 run) {
    m_curves.removeIf([run](const auto &item) { return item.key().first == run; });
    if (m_worker.isWorking()) { // its points may be the forgotten ones
        m_worker.cancel();
        request(m_wanted);
    }
}

} // namespace simclr::ui
