// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_loader.h"

#include "core/store/run_store.h"

#include <utility>

namespace simclr::ui {

CurveLoader::CurveLoader(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

/// Which points are new is known only when all earlier ones were read.
void CurveLoader::request(const QList<Key> &keys) {
    m_wanted = keys;
    m_again = m_worker.isWorking();
    if (m_again || keys.isEmpty())
        return;
    std::vector<Piece> pieces;
    for (const Key &key : keys) {
        const std::vector<MetricPoint> &known = curve(key);
        pieces.push_back({key, known.empty() ? 0 : known.back().step, {}});
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
        return {{}, QString::fromStdString(error.what())};
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
        std::vector<MetricPoint> &known = m_curves[piece.key];
        known.insert(known.end(), piece.points.begin(), piece.points.end());
        isNew = isNew || !piece.points.empty();
    }
    if (isNew)
        Q_EMIT loaded();
}

const std::vector<MetricPoint> &CurveLoader::curve(const Key &key) const {
    static const std::vector<MetricPoint> none;
    const auto found = m_curves.constFind(key);
    return found == m_curves.constEnd() ? none : *found;
}

void CurveLoader::forget(qint64 run) {
    m_curves.removeIf([run](const auto &item) { return item.key().first == run; });
    if (m_worker.isWorking()) { // its points may be the forgotten ones
        m_worker.cancel();
        request(m_wanted);
    }
}

} // namespace simclr::ui
