// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "tests/support/test_images.h"

#include <algorithm>
#include <limits>

using namespace simclr;
using namespace simclr::test;

class TestShapes : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void saysWhatItIs();
    void classesAreBalanced();
    void sameSeedSameBytes();
    void otherSeedOtherPictures();
    void colorTellsTwoPicturesApart();
    void colorSaysNothingOfTheClass();
    void shapeSaysTheClass();

  private:
    DatasetPtr m_shapes;
};

namespace {

using Feature = std::vector<double>;

/// The fraction of test images whose nearest class centre (of the training images) is that of their own
/// class.
template <typename Describe>
double nearestCentreAccuracy(const Dataset &dataset, const Describe &describe) {
    const auto classes = static_cast<std::size_t>(dataset.classCount());
    std::vector<Feature> centres(classes);
    std::vector<double> counts(classes);
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        if (dataset.isTestSample(sample))
            continue;
        const Feature feature = describe(dataset.image(sample));
        const auto label = static_cast<std::size_t>(dataset.label(sample));
        centres[label].resize(feature.size());
        for (std::size_t i = 0; i < feature.size(); ++i)
            centres[label][i] += feature[i];
        counts[label] += 1;
    }
    std::size_t right = 0;
    std::size_t asked = 0;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        if (!dataset.isTestSample(sample))
            continue;
        const Feature feature = describe(dataset.image(sample));
        std::size_t nearest = 0;
        double least = std::numeric_limits<double>::max();
        for (std::size_t label = 0; label < classes; ++label) {
            double distance = 0;
            for (std::size_t i = 0; i < feature.size(); ++i)
                distance += std::pow(feature[i] - centres[label][i] / counts[label], 2);
            if (distance < least) {
                least = distance;
                nearest = label;
            }
        }
        right += nearest == static_cast<std::size_t>(dataset.label(sample)) ? 1 : 0;
        ++asked;
    }
    return static_cast<double>(right) / static_cast<double>(asked);
}

/// Mean and spread of each channel.
Feature colorOf(const Image &image) {
    const auto mean = meanColor(image);
    Feature feature(mean.begin(), mean.end());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        double sum = 0;
        for (std::size_t i = channel; i < image.byteCount(); i += 3)
            sum += std::pow(image.data()[i] - mean[channel], 2);
        feature.push_back(std::sqrt(sum / (static_cast<double>(image.byteCount()) / 3)));
    }
    return feature;
}

/// The pixels that differ from the corner's colour: a rough silhouette, independent of the colours.
Feature silhouetteOf(const Image &image) {
    Feature feature;
    const Rgb corner = pixel(image, 0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            double distance = 0;
            for (std::size_t channel = 0; channel < 3; ++channel)
                distance += std::abs(pixel(image, x, y)[channel] - corner[channel]);
            feature.push_back(distance > 75 ? 1 : 0);
        }
    return feature;
}

} // namespace

void TestShapes::initTestCase() {
    m_shapes = openDataset("shapes");
}

void TestShapes::saysWhatItIs() {
    const DatasetReport &report = m_shapes->report();
    QCOMPARE(report.kind, std::string("shapes"));
    QVERIFY(report.inMemory && report.hasTestSplit && report.broken.empty() && report.brokenCount == 0);
    QCOMPARE(report.images, std::size_t{m_shapes->size()});
    QVERIFY(report.classNames.size() >= 4 && std::ranges::is_sorted(report.classNames));
    for (std::uint32_t sample = 0; sample < m_shapes->size(); sample += 97) {
        const Image image = m_shapes->image(sample);
        QCOMPARE(image.width(), report.largest.width);
        QCOMPARE(image.height(), report.smallest.height);
        QVERIFY(contains(m_shapes->sampleName(sample),
                         report.classNames[static_cast<std::size_t>(m_shapes->label(sample))]));
    }
}

void TestShapes::classesAreBalanced() {
    const DatasetReport &report = m_shapes->report();
    std::vector<std::size_t> test(report.classNames.size());
    std::vector<std::size_t> all(report.classNames.size());
    for (std::uint32_t sample = 0; sample < m_shapes->size(); ++sample) {
        ++all[static_cast<std::size_t>(m_shapes->label(sample))];
        test[static_cast<std::size_t>(m_shapes->label(sample))] += m_shapes->isTestSample(sample) ? 1 : 0;
    }
    QVERIFY(report.classCounts == all);
    QVERIFY(std::ranges::count(all, all[0]) == std::ssize(all) && all[0] >= 100);
    QVERIFY(std::ranges::count(test, test[0]) == std::ssize(test) && test[0] >= 20);
}

void TestShapes::sameSeedSameBytes() {
    const DatasetPtr again = openDataset(m_shapes->report().source);
    QCOMPARE(again->fingerprint(), m_shapes->fingerprint());
    QCOMPARE(again->size(), m_shapes->size());
    for (std::uint32_t sample = 0; sample < again->size(); ++sample) {
        QCOMPARE(again->label(sample), m_shapes->label(sample));
        QVERIFY(again->image(sample) == m_shapes->image(sample));
    }
}

void TestShapes::otherSeedOtherPictures() {
    const DatasetPtr other = openDataset("shapes:12345");
    QVERIFY(other->fingerprint() != m_shapes->fingerprint());
    std::size_t equal = 0;
    for (std::uint32_t sample = 0; sample < other->size(); ++sample)
        equal += other->image(sample) == m_shapes->image(sample) ? 1 : 0;
    QCOMPARE(equal, std::size_t{0});
}

/// Within an image colour is a shortcut: two halves of one image are far more similar than two images.
void TestShapes::colorTellsTwoPicturesApart() {
    const auto distance = [](const std::array<double, 3> &a, const std::array<double, 3> &b) {
        return std::abs(a[0] - b[0]) + std::abs(a[1] - b[1]) + std::abs(a[2] - b[2]);
    };
    const auto half = [](const Image &image, bool right) {
        Image part(image.width() / 2, image.height());
        for (int y = 0; y < part.height(); ++y)
            for (int x = 0; x < part.width(); ++x)
                setPixel(part, x, y, pixel(image, right ? x + part.width() : x, y));
        return meanColor(part);
    };
    double within = 0;
    double between = 0;
    for (std::uint32_t sample = 0; sample + 1 < m_shapes->size(); sample += 10) {
        within += distance(half(m_shapes->image(sample), false), half(m_shapes->image(sample), true));
        between += distance(half(m_shapes->image(sample), false), half(m_shapes->image(sample + 1), true));
    }
    QVERIFY2(within * 3 < between, qPrintable(QString("%1 %2").arg(within).arg(between)));
}

void TestShapes::colorSaysNothingOfTheClass() {
    const double chance = 1.0 / m_shapes->classCount();
    const double accuracy = nearestCentreAccuracy(*m_shapes, colorOf);
    QVERIFY2(accuracy < 2 * chance, qPrintable(QString::number(accuracy)));
    const double byMean = nearestCentreAccuracy(*m_shapes, [](const Image &image) {
        const auto mean = meanColor(image);
        return Feature(mean.begin(), mean.end());
    });
    QVERIFY2(byMean < 1.5 * chance, qPrintable(QString::number(byMean)));
}

void TestShapes::shapeSaysTheClass() {
    const double accuracy = nearestCentreAccuracy(*m_shapes, silhouetteOf);
    QVERIFY2(accuracy > 3.0 / m_shapes->classCount(), qPrintable(QString::number(accuracy)));
}

SIMCLR_TEST(TestShapes)
#include "tst_shapes.moc"
