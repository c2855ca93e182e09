// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_maker.h"

#include "ui/text/sentence_text.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>

namespace simclr::ui {

namespace {

using Clock = std::chrono::steady_clock;

/// Lets a report through if the one before has been shown and a moment has passed.
class Pace {
  public:
    bool isDue() const {
        constexpr std::chrono::milliseconds pause{33};
        return *m_isShown && Clock::now() - m_last >= pause;
    }
    /// To be set when the report is shown.
    std::shared_ptr<std::atomic<bool>> begin() {
        m_last = Clock::now();
        *m_isShown = false;
        return m_isShown;
    }

  private:
    Clock::time_point m_last;
    std::shared_ptr<std::atomic<bool>> m_isShown = std::make_shared<std::atomic<bool>>(true);
};

} // namespace

/// One order, in the thread of the worker.
class MapMaker::Work {
  public:
    Work(MapMaker &maker, const MapOrder &order, const BackgroundWorker::Task &task)
        : m_maker(maker), m_order(order), m_task(task) {}

    /// Why there is no map; empty if there is one, or the order was stopped.
    QString run() {
        try {
            if (load())
                map();
        } catch (const std::exception &error) {
            return sentenceText(error);
        }
        return {};
    }

  private:
    bool load() {
        FeatureRequest request = m_order.features;
        request.progress = [this](std::size_t done, std::size_t all) {
            if (m_pace.isDue() || done == all)
                m_task.post([maker = &m_maker, done, all, shown = m_pace.begin()] {
                    *shown = true;
                    Q_EMIT maker->embedded(done, all);
                });
        };
        m_images.features = m_maker.m_features.load(m_order.run, request, m_task.stop());
        if (!m_images.features)
            return false;
        m_images.predicted = predictedClasses(m_order.run, *m_images.features);
        m_task.post([maker = &m_maker, images = m_images] { Q_EMIT maker->loaded(images); });
        return true;
    }

    void map() {
        const FeatureTable &table = m_images.table();
        if (m_order.known.samples == table.samples)
            return report(m_order.known.points, 1);
        MapOptions options = m_order.options;
        if (options.method == MapMethod::Umap && m_order.before.samples == table.samples)
            options.start = m_order.before.points;
        makeMap(table, options, m_task.stop(), [this](const MapProgress &progress) {
            if (m_pace.isDue() || progress.done <= 0 || progress.done >= 1)
                report(progress.points, progress.done);
        });
    }

    void report(const MapPoints &points, double done) {
        m_task.post([maker = &m_maker, points, done, shown = m_pace.begin()] {
            *shown = true;
            Q_EMIT maker->moved(points, done);
        });
    }

    MapMaker &m_maker;
    const MapOrder &m_order;
    const BackgroundWorker::Task &m_task;
    MappedImages m_images;
    Pace m_pace;
};

MapMaker::MapMaker(FeatureCache &features, QObject *parent) : QObject(parent), m_features(features) {}

void MapMaker::make(const MapOrder &order) {
    m_worker.ask([this, order](const BackgroundWorker::Task &task) { return Work(*this, order, task).run(); },
                 [this](const QString &problem) {
                     if (problem.isEmpty())
                         Q_EMIT finished();
                     else
                         Q_EMIT failed(problem);
                 });
}

} // namespace simclr::ui
