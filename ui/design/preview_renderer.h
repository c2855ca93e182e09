// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"

#include <QObject>
#include <QString>
#include <memory>
#include <vector>

namespace simclr::ui {

/// Everything that a preview depends on.
struct PreviewRequest {
    DatasetPtr dataset;
    Pipeline pipeline;
    std::size_t count = 12;
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0;
    int viewSize = 32;
};

/// One picture and its two views.
struct PreviewTile {
    std::uint32_t sample = 0;
    QString caption; ///< the class, or the file's name
    QString name;    ///< of the sample
    Image original;  ///< made small enough to show
    ImageSize originalSize;
    Image first;
    Image second;
    QString problem; ///< why there are no pictures, where there are none
};

struct Preview {
    std::uint64_t generation = 0;
    PreviewRequest request;
    std::vector<PreviewTile> tiles;
    QString problem; ///< why the pipeline cannot be drawn; the tiles then hold the originals alone
};

using PreviewPtr = std::shared_ptr<const Preview>;

/// Draws previews in a thread of its own, with the very code and random numbers of training. Only the newest
/// request waits for the thread. What was drawn for the one before is shown meanwhile, unless it is of other
/// images than those asked for now. Lives on the UI thread; owned by the PreviewPanel.
class PreviewRenderer : public QObject {
    Q_OBJECT
  public:
    explicit PreviewRenderer(QObject *parent = nullptr);
    /// Waits for the picture being drawn, at most.
    ~PreviewRenderer() override;

    void request(const PreviewRequest &request);

  Q_SIGNALS:
    void rendered(const simclr::ui::PreviewPtr &preview);

  private:
    class Worker;

    void deliver(const PreviewPtr &preview);

    std::unique_ptr<Worker> m_worker;
    std::uint64_t m_asked = 0;
    std::uint64_t m_shown = 0;
    DatasetPtr m_dataset; ///< of the newest request
};

} // namespace simclr::ui
