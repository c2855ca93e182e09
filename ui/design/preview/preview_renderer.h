// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "ui/background/background_worker.h"
#include "ui/design/preview/preview_samples.h"

#include <QObject>
#include <QStringList>
#include <array>
#include <filesystem>
#include <memory>
#include <vector>

namespace simclr::ui {

/// An image that was opened, pasted or dropped instead of taken from the dataset.
struct OwnImage {
    QString name;
    std::filesystem::path file; ///< read if `image` is empty
    Image image;
    DatasetPtr dataset = {}; ///< if not null, its `sample` is read instead
    std::uint32_t sample = 0;
};

using OwnImagesPtr = std::shared_ptr<const std::vector<OwnImage>>;

enum class PreviewMode {
    Grid,       ///< both views of many images
    Filmstrip,  ///< every step of one sample of one image
    Sheet,      ///< many samples of one image
    Comparison, ///< both views of many images by two pipelines
};

/// Everything that a preview depends on.
struct PreviewRequest {
    DatasetPtr dataset;
    OwnImagesPtr own; ///< instead of the dataset's images, if not null
    Pipeline pipeline;
    SampleOrder order = {}; ///< of the dataset's images
    std::size_t first = 0;  ///< index of the first image shown, in this order or among the own images
    std::size_t count = 12; ///< maximum number of images
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0;
    int viewSize = 32;
    PreviewMode mode = PreviewMode::Grid;
    /// Index of the image of Filmstrip and Sheet; the first one if there are fewer images.
    std::size_t focus = 0;
    std::size_t draws = 0; ///< of the Sheet: both views of this epoch and of those that follow
    Pipeline other = {};   ///< of the Comparison: the reference
    QString title = {};    ///< of the pipeline, in a Comparison
    QString otherTitle = {};
};

/// One image and its two views.
struct PreviewTile {
    std::uint32_t sample = 0;
    QString caption; ///< the class, or the file name
    QString name;    ///< of the sample
    bool isForTesting = false;
    Image original; ///< reduced to display size
    ImageSize originalSize;
    Image first;
    Image second;
    Image otherFirst; ///< the same by the reference, in a Comparison
    Image otherSecond;
    QString problem; ///< why there are no images, if so
};

/// What one step did in a Filmstrip.
struct FilmFrame {
    std::size_t step = 0; ///< index in its branch
    QString title;
    bool isApplied = false; ///< by its probability
    QStringList sampled;    ///< "angle 12.5°"
    Image after;            ///< reduced to display size
};

struct Preview {
    PreviewRequest request; ///< with `first` and `focus` limited to the existing images
    std::size_t total = 0;  ///< number of images in the whole sequence, this page included
    std::vector<PreviewTile> tiles;
    std::array<std::vector<FilmFrame>, 2> film; ///< of each view, in a Filmstrip
    std::vector<Image> sheet;                   ///< the views of a Sheet
    QString problem; ///< why the pipeline cannot be rendered; then the tiles only have originals
};

using PreviewPtr = std::shared_ptr<const Preview>;

class PreviewOriginals;

/// Renders previews in its own thread, with exactly the code and the random numbers of training. Only the
/// newest request is queued. The result of the previous request is shown in the meantime, unless it has other
/// images than the newest one. Lives on the UI thread; owned by the PreviewPanel.
class PreviewRenderer : public QObject {
    Q_OBJECT
  public:
    explicit PreviewRenderer(QObject *parent = nullptr);
    /// Waits at most for the image being rendered.
    ~PreviewRenderer() override;

    void request(const PreviewRequest &request);
    /// Discards the results of all requests so far.
    void forget();
    /// Whether the newest request has been answered.
    bool isUpToDate() const { return !m_worker.isWorking(); }

  Q_SIGNALS:
    void rendered(const simclr::ui::PreviewPtr &preview);

  private:
    void deliver(const PreviewPtr &preview);

    DatasetPtr m_dataset; ///< of the newest request
    OwnImagesPtr m_own;
    std::unique_ptr<PreviewOriginals> m_originals; ///< used in the thread
    BackgroundWorker m_worker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
