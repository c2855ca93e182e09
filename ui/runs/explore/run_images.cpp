// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/run_images.h"

#include "core/data/joined_dataset.h"
#include "ui/text/dataset_text.h"

namespace simclr::ui {

struct RunImages::Opened {
    DatasetPtr dataset;
    QString problem;
};

namespace {

/// The images themselves, or those of them that results are about.
DatasetPtr ofFingerprint(const std::string &fingerprint, const DatasetPtr &images) {
    const bool isPart =
        images->fingerprint() != fingerprint && images->labelledPart().fingerprint == fingerprint;
    return isPart ? labelledImagesOf(images) : images;
}

} // namespace

RunImages::RunImages(DatasetCache &cache, QObject *parent) : QObject(parent), m_cache(cache) {}

void RunImages::open(const DatasetRecord &record) {
    const bool isSame = m_source == record.source && m_fingerprint == record.fingerprint;
    if (isSame && (m_dataset != nullptr || isOpening()))
        return;
    m_source = record.source;
    m_fingerprint = record.fingerprint;
    m_dataset = nullptr;
    m_problem.clear();
    m_worker.ask(
        [&cache = m_cache, source = m_source,
         fingerprint = m_fingerprint](const BackgroundWorker::Task &task) {
            OpenOptions options;
            options.stop = task.stop();
            try {
                return Opened{ofFingerprint(fingerprint, cache.open(source, fingerprint, options)), {}};
            } catch (const OpeningCancelled &) {
                return Opened{};
            } catch (const std::exception &error) {
                return Opened{nullptr, QString::fromStdString(error.what())};
            }
        },
        [this](const Opened &opened) { take(opened); });
    Q_EMIT changed();
}

void RunImages::take(const Opened &opened) {
    const QString source = sourceText(QString::fromStdString(m_source));
    if (opened.dataset == nullptr)
        m_problem = tr("The images of this run are not available: %1. They are shown by their numbers.")
                        .arg(opened.problem);
    else if (opened.dataset->fingerprint() != m_fingerprint)
        m_problem =
            tr("The images in %1 have changed since this run. They are shown by their numbers.").arg(source);
    else
        m_dataset = opened.dataset;
    Q_EMIT changed();
}

} // namespace simclr::ui
