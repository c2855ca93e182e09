// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the exported programs and compares their views with those of this program.
#include "core/augment/export/python_export.h"
#include "core/augment/view_renderer.h"
#include "core/image/codec.h"
#include "core/util/json.h"
#include "tests/core/augment/export_cases.h"
#include "tests/support/test_images.h"
#include "tests/support/test_support.h"

#include <QProcess>

using namespace simclr;
using namespace simclr::test;

namespace {

/// What check_pipeline_exports.py measures of a view: mean and deviation of each channel, green levels on the
/// right minus those on the left, below minus above, and mean differences of neighbours.
constexpr std::size_t traits = 10;
using Traits = std::array<double, traits>;
constexpr std::array traitNames{
    "mean red",          "mean green",       "mean blue",         "deviation of red",   "deviation of green",
    "deviation of blue", "right minus left", "below minus above", "differences across", "differences down"};

Traits traitsOf(const Image &view) {
    Traits sums{};
    const int half = view.width() / 2;
    double squares[3] = {};
    for (int y = 0; y < view.height(); ++y)
        for (int x = 0; x < view.width(); ++x) {
            const Rgb levels = pixel(view, x, y);
            for (std::size_t i = 0; i < 3; ++i) {
                sums[i] += levels[i];
                squares[i] += levels[i] * levels[i];
            }
            sums[6] += x < half ? -levels[1] : levels[1];
            sums[7] += y < half ? -levels[1] : levels[1];
            sums[8] += x > 0 ? std::abs(levels[1] - pixel(view, x - 1, y)[1]) : 0;
            sums[9] += y > 0 ? std::abs(levels[1] - pixel(view, x, y - 1)[1]) : 0;
        }
    const double side = view.width();
    const double pixels = side * side;
    for (std::size_t i = 0; i < 3; ++i) {
        sums[i] /= pixels;
        sums[i + 3] = std::sqrt(std::max(0.0, squares[i] / pixels - sums[i] * sums[i]));
    }
    sums[6] /= pixels / 2;
    sums[7] /= pixels / 2;
    sums[8] /= side * (side - 1);
    sums[9] /= side * (side - 1);
    return sums;
}

/// Of one trait over many views.
struct Spread {
    double count = 0;
    double mean = 0;
    double deviation = 0;
    double wander = 0; ///< standard error of the deviation of n views, times √n
};

Spread spreadOf(const std::vector<Traits> &views, std::size_t trait) {
    Spread spread{.count = double(views.size())};
    for (const Traits &view : views)
        spread.mean += view[trait] / spread.count;
    double second = 0;
    double fourth = 0;
    for (const Traits &view : views) {
        const double square = (view[trait] - spread.mean) * (view[trait] - spread.mean);
        second += square / spread.count;
        fourth += square * square / spread.count;
    }
    spread.deviation = std::sqrt(second);
    // the variance's is the root of (m4 - m2^2) / n
    if (second > 0)
        spread.wander = std::sqrt(std::max(0.0, fourth - second * second)) / (2 * spread.deviation);
    return spread;
}

/// An image whose levels change slowly, differently in each direction and channel.
Image picture(int width, int height) {
    Image coarse = noiseImage(6, 5, 11);
    for (int y = 0; y < coarse.height(); ++y)
        for (int x = 0; x < coarse.width(); ++x) {
            const Rgb noise = pixel(coarse, x, y);
            setPixel(coarse, x, y,
                     {40 + noise[0] / 2 + 10 * x, 20 + noise[1] / 2 + 14 * x + 6 * y, 90 + noise[2] / 3});
        }
    const PipelineStep squeeze = makeStep("resize");
    Image square;
    const int side = std::max(width, height);
    ViewRenderer(Pipeline{"", {squeeze}}, side).render(coarse, {}, square);
    Image cut(width, height);
    for (int y = 0; y < height; ++y)
        std::copy_n(square.row(y), cut.bytesPerRow(), cut.row(y));
    return cut;
}

/// Squares of black and white, more of them white to the right.
Image sharpPicture() {
    const Image noise = noiseImage(6, 6, 3);
    Image squares = filledImage(48, 48, {0, 0, 0});
    for (int y = 0; y < squares.height(); ++y)
        for (int x = 0; x < squares.width(); ++x)
            if (pixel(noise, x / 8, y / 8)[0] > 200 - 3 * x)
                setPixel(squares, x, y, {255, 255, 255});
    return squares;
}

QString pythonProgram() {
    const QString chosen = qEnvironmentVariable("SIMCLR_PYTHON");
    if (!chosen.isEmpty())
        return chosen;
    const QString system = QStringLiteral("/usr/bin/python3"); // which has Debian's torchvision
    return QFile::exists(system) ? system : QStringLiteral("python3");
}

/// More views find smaller differences.
int viewCount(const ExportCase &which) {
    const int wanted = qEnvironmentVariableIntValue("SIMCLR_EXPORT_VIEWS");
    const int views = wanted > 0 ? wanted : 40;
    if (which.viewSize > 100)
        return std::max(5, views / 5);
    return contains(which.name, "p = 0.5") ? 3 * views
                                           : views; // a random step gives the least information per view
}

Image pictureOf(const std::string &name) {
    if (name == "wide")
        return picture(64, 44);
    if (name == "small")
        return picture(20, 25);
    if (name == "sharp")
        return sharpPicture();
    return name == "large" ? picture(250, 300) : picture(32, 32);
}

/// Views of this program. More than from the libraries, because rendering is faster.
std::vector<Traits> drawn(const ExportCase &which, std::uint16_t branch) {
    const ViewRenderer renderer(which.drawn.value_or(which.pipeline), which.viewSize);
    const Image source = pictureOf(which.picture);
    std::vector<Traits> views;
    Image view;
    for (int i = 0; i < 4 * viewCount(which); ++i) {
        renderer.render(source, {7, std::uint32_t(i), 0, branch}, view);
        views.push_back(traitsOf(view));
    }
    return views;
}

bool isOneOf(const std::string &text, std::initializer_list<const char *> beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](const char *beginning) { return text.starts_with(beginning); });
}

/// Allowed systematic difference of a trait, in levels. Other differences in rounding and interpolation are
/// below one level.
double allowanceOf(const ExportCase &which, const std::string &target, std::size_t trait) {
    constexpr double rounding = 1;
    constexpr std::size_t firstOfFineness = 8;
    // PIL averages when shrinking; this program only below half the size. Visible only for noise.
    if (which.name == "gaussian_noise, wide picture")
        return trait >= firstOfFineness ? 6 : trait >= 3 && trait < 6 ? 3 : rounding;
    // Tensors are rotated with the border blended into the fill, PIL images with a hard edge.
    const bool isOfTensors = target == "torchvision-v2" || target == "kornia";
    if (isOfTensors && isOneOf(which.name, {"rotation", "affine", "perspective"}))
        return 2;
    // OpenCV's table of levels is truncated, PIL's is rounded, as is the mean grey.
    if (target == "albumentations" && isOneOf(which.name, {"contrast", "color_jitter"}))
        return 1.5;
    return rounding;
}

/// Reports a difference above five standard errors plus the allowed difference; empty if there is none. The
/// larger deviation is used for both: few views may miss rare events.
std::string differenceOf(const Spread &ours, const Spread &theirs, double allowance) {
    constexpr double errors = 5;
    const double share = std::sqrt(1 / ours.count + 1 / theirs.count);
    const double mean = errors * share * std::max(ours.deviation, theirs.deviation) + allowance;
    const double deviation = errors * share * std::max(ours.wander, theirs.wander) + allowance;
    const auto tell = [](const char *what, double own, double other, double allowed) {
        return QStringLiteral("%1 %2, ours %3, allowed %4")
            .arg(QLatin1String(what))
            .arg(other, 0, 'f', 2)
            .arg(own, 0, 'f', 2)
            .arg(allowed, 0, 'f', 2)
            .toStdString();
    };
    if (std::abs(ours.mean - theirs.mean) > mean)
        return tell("mean", ours.mean, theirs.mean, mean);
    // A rare event may not occur at all in few views.
    constexpr double enough = 100;
    if (theirs.count >= enough && std::abs(ours.deviation - theirs.deviation) > deviation)
        return tell("deviation", ours.deviation, theirs.deviation, deviation);
    return {};
}

} // namespace

class TestPythonExportRuns : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void programsDrawTheSameDistributions_data();
    void programsDrawTheSameDistributions();

  private:
    static void writeCases(const std::filesystem::path &folder, const std::vector<ExportCase> &cases,
                           ExportTarget target);
    static std::vector<std::string> differences(const ExportCase &which, const Json &told,
                                                const std::string &target);
};

void TestPythonExportRuns::programsDrawTheSameDistributions_data() {
    QTest::addColumn<QString>("target");
    for (const ExportTargetText &target : exportTargets())
        QTest::newRow(target.id) << QString::fromLatin1(target.id);
}

void TestPythonExportRuns::writeCases(const std::filesystem::path &folder,
                                      const std::vector<ExportCase> &cases, ExportTarget target) {
    for (const std::string name : {"view", "wide", "small", "large", "sharp"})
        writePng(pictureOf(name), folder / (name + ".png"));
    Json list = Json::array();
    for (const ExportCase &which : cases) {
        const std::string module = "case_" + std::to_string(list.size());
        writeBytes(folder / (module + ".py"), pythonOf(which.pipeline, target, which.viewSize).text);
        list.push_back({{"name", which.name},
                        {"module", module},
                        {"picture", which.picture + ".png"},
                        {"side", which.viewSize},
                        {"views", viewCount(which)}});
    }
    writeBytes(folder / "cases.json", list.dump());
}

void TestPythonExportRuns::programsDrawTheSameDistributions() {
    QFETCH(QString, target);
    const QTemporaryDir folder;
    const std::vector<ExportCase> cases = exportCases();
    writeCases(folderOf(folder), cases, exportTargetById(target.toStdString()));
    QProcess process;
    process.start(pythonProgram(),
                  {SIMCLR_SOURCE_DIR "/tests/core/augment/check_pipeline_exports.py", folder.path(), target});
    QVERIFY(process.waitForFinished(1'800'000));
    const QByteArray errors = process.readAllStandardError();
    constexpr int notInstalled = 77;
    if (process.exitCode() == notInstalled)
        QSKIP(errors.trimmed().constData());
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, errors.constData());
    const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(std::size_t(lines.size()), cases.size());
    int wrong = 0;
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (const std::string &difference :
             differences(cases[i], Json::parse(lines[qsizetype(i)].toStdString()), target.toStdString())) {
            ++wrong;
            qWarning("%s", difference.c_str());
        }
    QCOMPARE(wrong, 0);
}

std::vector<std::string> TestPythonExportRuns::differences(const ExportCase &which, const Json &told,
                                                           const std::string &target) {
    if (told.contains("error"))
        return {which.name + ": " + told["error"].get<std::string>()};
    std::vector<std::string> found;
    const auto branches = told["views"].get<std::array<std::vector<Traits>, 2>>();
    for (const std::uint16_t branch : {0, 1}) {
        const std::vector<Traits> ours = drawn(which, branch);
        for (std::size_t trait = 0; trait < traits; ++trait) {
            const std::string difference = differenceOf(
                spreadOf(ours, trait), spreadOf(branches[branch], trait), allowanceOf(which, target, trait));
            if (!difference.empty())
                found.push_back(which.name + ", view " + std::to_string(branch) + ", " + traitNames[trait] +
                                ": " + difference);
        }
    }
    return found;
}

SIMCLR_TEST(TestPythonExportRuns, QCoreApplication)
#include "tst_python_export_runs.moc"
