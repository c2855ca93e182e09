// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "ui/design/preview/preview_samples.h"

#include <QObject>
#include <QStringList>
#include <array>
#include <filesystem>
#include <memory>
#include <vector>

namespace simclr::ui {

/// A picture that was opened, pasted or dropped, rather than taken from the dataset.
struct OwnImage {
    QString name;
    std::filesystem::path file; ///< read where `image` is empty
    Image image;
};

using OwnImagesPtr = std::shared_ptr<const std::vector<OwnImage>>;

enum class PreviewMode {
    Grid,       ///< both views of many pictures
    Filmstrip,  ///< every step of one draw of one picture
    Sheet,      ///< many draws of one picture
    Comparison, ///< both views of many pictures by two pipelines
};

/// Everything that a preview depends on.
struct PreviewRequest {
    DatasetPtr dataset;
    OwnImagesPtr own; ///< instead of the dataset's, where there are some
    Pipeline pipeline;
    SampleOrder order = {}; ///< of the dataset's images
    std::size_t first = 0;  ///< place of the first image that is shown, in this order or among one's own
    std::size_t count = 12; ///< images from there on, at most
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0;
    int viewSize = 32;
    PreviewMode mode = PreviewMode::Grid;
    /// Which of the pictures Filmstrip and Sheet are of; the first where there are fewer.
    std::size_t focus = 0;
    std::size_t draws = 0; ///< of the Sheet: both views of this epoch, then of those that follow
    Pipeline other = {};   ///< of the Comparison: what the document's pipeline is compared with
    QString title = {};    ///< of the pipeline, in a Comparison
    QString otherTitle = {};
};

/// One picture and its two views.
struct PreviewTile {
    std::uint32_t sample = 0;
    QString caption; ///< the class, or the file's name
    QString name;    ///< of the sample
    bool isForTesting = false;
    Image original; ///< made small enough to show
    ImageSize originalSize;
    Image first;
    Image second;
    Image otherFirst; ///< the same by the other pipeline, in a Comparison
    Image otherSecond;
    QString problem; ///< why there are no pictures, where there are none
};

/// What one step did in a Filmstrip.
struct FilmFrame {
    std::size_t step = 0; ///< index in its branch
    QString title;
    bool isApplied = false; ///< chance let it
    QStringList drawn;      ///< "angle 12.5°"
    Image after;            ///< made small enough to show
};

struct Preview {
    std::uint64_t generation = 0;
    PreviewRequest request; ///< its `first` and `focus` as they could be heeded
    std::size_t total = 0;  ///< images that the request goes through, this page among them
    std::vector<PreviewTile> tiles;
    std::array<std::vector<FilmFrame>, 2> film; ///< of each view, in a Filmstrip
    std::vector<Image> sheet;                   ///< the draws of a Sheet
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
    /// Nothing of what was asked for is shown any more.
    void forget();
    /// Whether the newest request has been answered.
    bool isUpToDate() const { return m_shown == m_asked; }

  Q_SIGNALS:
    void rendered(const simclr::ui::PreviewPtr &preview);

  private:
    class Worker;

    void deliver(const PreviewPtr &preview);

    std::unique_ptr<Worker> m_worker;
    std::uint64_t m_asked = 0;
    std::uint64_t m_shown = 0;
    DatasetPtr m_dataset; ///< of the newest request
    OwnImagesPtr m_own;
};

} // namespace simclr::ui
