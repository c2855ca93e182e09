// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/splits.h"
#include "core/inspect/duplicate_images.h"
#include "core/inspect/image_statistics.h"
#include "core/train/train_options.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <memory>
#include <vector>

namespace simclr::ui {

/// The splits that a run with the current options would have.
struct StudiedSplits {
    Splits splits;
    std::vector<ImageSplit> splitOfEach; ///< by sample

    ImageSplit of(std::uint32_t sample) const {
        return sample < splitOfEach.size() ? splitOfEach[sample] : ImageSplit::None;
    }
};
using StudiedSplitsPtr = std::shared_ptr<const StudiedSplits>;
using StatisticsPtr = std::shared_ptr<const ImageStatistics>;
using DuplicateImagesPtr = std::shared_ptr<const DuplicateImages>;

/// What the parts of the Data page know of the open images beyond their report: splits, statistics and
/// duplicates, which are computed in threads. Owned by the DataPage; UI thread.
class DataStudy : public QObject {
    Q_OBJECT
  public:
    /// A dataset of more images is sampled, unless its decoded images are in memory.
    static constexpr std::uint32_t mostMeasured = 20'000;

    explicit DataStudy(QObject *parent = nullptr);

    /// Forgets what is known of the previous images, and stops what is in progress; null: no images.
    void setDataset(const DatasetPtr &dataset);
    const DatasetPtr &dataset() const { return m_dataset; }
    /// Fractions of the splits, and the training size. Splits follow; statistics of another size or of other
    /// images to learn from are forgotten.
    void setOptions(const TrainOptions &options);
    const TrainOptions &options() const { return m_options; }

    /// Null until they are computed.
    const StudiedSplitsPtr &splits() const { return m_splits; }
    const StatisticsPtr &statistics() const { return m_statistics; }
    const DuplicateImagesPtr &duplicates() const { return m_duplicates; }
    bool isMeasuring() const { return m_measuring.isWorking(); }
    bool isSearching() const { return m_searching.isWorking(); }

    /// `isOfAll`: not only of a sample.
    void measure(bool isOfAll);
    void cancelMeasuring();
    /// Smallest similarity of a pair, see DuplicateImageOptions.
    void findDuplicates(double similarity);
    void cancelSearch();

  Q_SIGNALS:
    void datasetChanged();
    void splitsChanged();
    /// Also when measuring starts and ends.
    void statisticsChanged();
    /// There are none any more, because they would be of other images or another size.
    void statisticsForgotten();
    void measuringProgressed(qulonglong done, qulonglong all);
    void duplicatesChanged();
    void searchProgressed(simclr::DuplicateStage stage, qulonglong done, qulonglong all);
    /// A sentence.
    void failed(const QString &problem);

  private:
    void computeSplits();
    void takeSplits(const StudiedSplitsPtr &splits);
    void forgetStatistics();

    DatasetPtr m_dataset;
    TrainOptions m_options;
    StudiedSplitsPtr m_splits;
    StatisticsPtr m_statistics;
    DuplicateImagesPtr m_duplicates;
    BackgroundWorker m_splitting{BackgroundWorker::Policy::StopCurrent};
    BackgroundWorker m_measuring{BackgroundWorker::Policy::StopCurrent};
    BackgroundWorker m_searching{BackgroundWorker::Policy::StopCurrent};
};

/// "training", "validation", "test", or that a run with these options does not use the image.
QString studiedSplitText(ImageSplit split);

} // namespace simclr::ui
