// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_loader.h"

#include "core/store/run_store.h"

#include <utility>

namespace simclr::ui {

CurveLoader::CurveLoader(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {
    m_pool.setMaxThreadCount(1);
}

CurveLoader::~CurveLoader() {
    m_pool.clear();
    m_pool.waitForDone(); // its answer is posted to this object and discarded with it
}

void CurveLoader::request(const QList<Key> &keys) {
    m_wanted = keys;
    if (m_reading) {
        m_again = true;
        return;
    }
    std::vector<Piece> pieces;
    for (const Key &key : keys) {
        const std::vector<MetricPoint> &known = curve(key);
        pieces.push_back({key, known.empty() ? 0 : known.back().step, {}});
    }
    if (pieces.empty())
        return;
    m_reading = true;
    m_pool.start([this, pieces = std::move(pieces), generation = m_generation]() mutable {
        QString problem;
        try {
            const RunStore store(m_database, RunStore::Access::ReadOnly);
            for (Piece &piece : pieces)
                piece.points = store.curve(piece.key.first, piece.key.second.toStdString(), piece.afterStep);
        } catch (const std::exception &error) {
            problem = QString::fromStdString(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, pieces = std::move(pieces), generation, problem] {
                m_reading = false;
                if (problem.isEmpty())
                    take(pieces, generation);
                else
                    Q_EMIT failed(problem);
                if (std::exchange(m_again, false))
                    request(m_wanted);
            },
            Qt::QueuedConnection);
    });
}

void CurveLoader::take(const std::vector<Piece> &pieces, int generation) {
    bool isNew = false;
    if (generation == m_generation) {
        for (const Piece &piece : pieces) {
            std::vector<MetricPoint> &known = m_curves[piece.key];
            known.insert(known.end(), piece.points.begin(), piece.points.end());
            isNew = isNew || !piece.points.empty();
        }
    } else {
        m_again = true;
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
    ++m_generation;
    m_curves.removeIf([run](const auto &item) { return item.key().first == run; });
}

} // namespace simclr::ui
