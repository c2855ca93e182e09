// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/duplicates/duplicate_search.h"

#include "core/embed/near_duplicates.h"
#include "core/embed/thumbnails.h"
#include "core/run/run.h"

#include <QCoreApplication>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(DuplicateSearch)
};

void addPairs(DuplicateAnswer &answer, const FeatureTable &table, const NearDuplicates &found) {
    answer.compared = table.rows();
    answer.found = found.found;
    answer.pairs.reserve(found.pairs.size());
    for (const SimilarPair &pair : found.pairs)
        answer.pairs.push_back({table.samples[pair.first], table.samples[pair.second],
                                table.splits[pair.first], table.splits[pair.second], pair.cosine,
                                isLeak(table, pair)});
}

/// One search, into its answer. Both functions return whether it was not stopped.
class Search {
  public:
    Search(const DuplicateRequest &request, DuplicateAnswer &answer, const std::stop_token &stop)
        : m_request(request), m_answer(answer), m_stop(stop) {}

    bool byFeatures(FeatureCache &cache) {
        FeatureRequest wanted;
        wanted.features = m_request.by == ComparedBy::Z ? FeatureKind::Z : FeatureKind::H;
        wanted.device = m_request.device;
        wanted.progress = m_request.progress;
        const FeaturesPtr features = cache.load(m_request.run, wanted, m_stop);
        if (features == nullptr)
            return false;
        m_answer.images = features->images;
        m_answer.unreadable = features->features.broken.size();
        m_answer.areRunImages = features->areRunImages;
        if (!features->features.problems.empty())
            m_answer.remark = QString::fromStdString(features->features.problems.front());
        return search(features->features.table);
    }

    bool byThumbnails(DatasetCache &cache) {
        m_answer.images = openRunImages(cache, m_request.run, m_stop);
        if (m_answer.images == nullptr)
            return false;
        m_answer.areRunImages = m_answer.images->fingerprint() == m_request.run.dataset.fingerprint;
        auto thumbnails = thumbnailFeatures(*m_answer.images, 0, m_stop, [this](std::size_t done) {
            m_request.progress(done, m_answer.images->size());
        });
        if (!thumbnails)
            return false;
        const auto splits = splitOfEach(configurationOf(m_request.run).options, *m_answer.images);
        for (std::size_t i = 0; i < thumbnails->table.rows(); ++i)
            thumbnails->table.splits[i] = splits[thumbnails->table.samples[i]];
        m_answer.unreadable = thumbnails->broken.size();
        return search(thumbnails->table);
    }

  private:
    bool search(const FeatureTable &table) {
        DuplicateOptions options;
        options.threshold = m_request.threshold;
        options.onlyLeaks = m_request.onlyLeaks;
        m_request.progress(0, 0); // the search itself does not report its progress
        const auto found = nearDuplicates(table, options, m_stop);
        if (found)
            addPairs(m_answer, table, *found);
        return found.has_value();
    }

    const DuplicateRequest &m_request;
    DuplicateAnswer &m_answer;
    std::stop_token m_stop;
};

} // namespace

DuplicatesPtr findDuplicates(const DuplicateRequest &request, FeatureCache &features, DatasetCache &images,
                             const std::stop_token &stop) {
    auto answer = std::make_shared<DuplicateAnswer>();
    try {
        Search search(request, *answer, stop);
        const bool isDone =
            request.by == ComparedBy::Thumbnails ? search.byThumbnails(images) : search.byFeatures(features);
        return isDone ? answer : nullptr;
    } catch (const std::exception &error) {
        answer->problem =
            Texts::tr("The images cannot be compared: %1.").arg(QString::fromStdString(error.what()));
        return answer;
    }
}

QString imageSplitText(ImageSplit split) {
    switch (split) {
    case ImageSplit::Train:
        return Texts::tr("train");
    case ImageSplit::Validation:
        return Texts::tr("validation");
    case ImageSplit::Test:
        return Texts::tr("test");
    case ImageSplit::Learn:
        return Texts::tr("learn");
    case ImageSplit::None:
        break;
    }
    return Texts::tr("not used");
}

} // namespace simclr::ui
