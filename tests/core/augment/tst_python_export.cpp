// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/python_export.h"
#include "core/augment/operation.h"
#include "core/augment/view_renderer.h"
#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/json.h"
#include "tests/support/test_images.h"
#include "tests/support/test_support.h"

#include <QProcess>
#include <QRegularExpression>

using namespace simclr;
using namespace simclr::test;

namespace {

const QString python = QStringLiteral("/usr/bin/python3");

/// The output of the script; a null text if it fails.
QString run(const QString &script, const QStringList &arguments) {
    QProcess process;
    process.start(python, QStringList{QStringLiteral("-c"), script} + arguments);
    if (!process.waitForFinished(300'000) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0) {
        qWarning("%s", process.readAllStandardError().constData());
        return {};
    }
    return QString::fromUtf8(process.readAllStandardOutput()) + QChar(' ');
}

/// Every operation, alone and in each combination.
Pipeline everything() {
    std::vector<PipelineStep> steps;
    for (const OperationType &type : operationTypes())
        if (!type.isCombination())
            steps.push_back(makeStep(type.id));
    Pipeline pipeline{"everything", steps};
    for (const OperationType &type : operationTypes())
        if (type.isCombination()) {
            pipeline.steps.push_back(makeStep(type.id));
            pipeline.steps.back().steps = steps;
        }
    pipeline.secondSteps = steps;
    return pipeline;
}

/// Statistics compared over many views: mean and deviation of the mean level of each channel and of the
/// contrast, and the fraction of grey views.
struct Moments {
    std::array<double, 4> mean{};
    std::array<double, 4> deviation{};
    double grey = 0;
};

Moments momentsOf(const std::vector<std::array<double, 5>> &views) {
    Moments moments;
    const double count = double(views.size());
    for (const auto &view : views) {
        for (std::size_t i = 0; i < 4; ++i)
            moments.mean[i] += view[i] / count;
        moments.grey += view[4] / count;
    }
    for (const auto &view : views)
        for (std::size_t i = 0; i < 4; ++i)
            moments.deviation[i] += (view[i] - moments.mean[i]) * (view[i] - moments.mean[i]) / (count - 1);
    for (double &deviation : moments.deviation)
        deviation = std::sqrt(deviation);
    return moments;
}

/// Red, green, blue and deviation of the green levels, in [0, 1]; and whether all three channels are equal.
std::array<double, 5> measure(const Image &view) {
    const std::array<double, 3> mean = meanColor(view);
    double squares = 0;
    bool grey = true;
    const std::size_t pixels = view.byteCount() / 3;
    for (std::size_t i = 0; i < view.byteCount(); i += 3) {
        const std::uint8_t *pixel = view.data() + i;
        squares += (pixel[1] - mean[1]) * (pixel[1] - mean[1]);
        grey = grey && pixel[0] == pixel[1] && pixel[1] == pixel[2];
    }
    return {mean[0] / 255, mean[1] / 255, mean[2] / 255, std::sqrt(squares / double(pixels)) / 255,
            grey ? 1.0 : 0.0};
}

} // namespace

class TestPythonExport : public QObject {
    Q_OBJECT

    static void addTargets() {
        QTest::addColumn<QString>("target");
        for (const ExportTargetText &target : exportTargets())
            QTest::newRow(target.id) << QString::fromLatin1(target.id);
    }
    static std::string codeOf(const Pipeline &pipeline, const QString &target) {
        return pythonOf(pipeline, exportTargetById(target.toStdString()), 32).text;
    }

  private Q_SLOTS:
    void everyPresetIsPython_data() { addTargets(); }
    void everyPresetIsPython() {
        if (!QFile::exists(python))
            QSKIP("Python is not available");
        QFETCH(QString, target);
        QStringList programs;
        for (const PipelinePreset &preset : pipelinePresets())
            programs.append(QString::fromStdString(codeOf(preset.pipeline, target)));
        programs.append(QString::fromStdString(codeOf(everything(), target)));
        const QString script = QStringLiteral("import ast, sys\n"
                                              "for code in sys.argv[1:]: ast.parse(code)\n"
                                              "print(len(sys.argv) - 1)");
        QCOMPARE(run(script, programs).trimmed().toInt(), int(programs.size()));
    }

    void presetsHaveEqualsInTorchvision() {
        for (const PipelinePreset &preset : pipelinePresets()) {
            const PythonCode code = pythonOf(preset.pipeline, ExportTarget::Torchvision, 224);
            QVERIFY2(code.gaps.empty(), (preset.id + ": " + (code.gaps.empty() ? "" : code.gaps[0])).c_str());
            QVERIFY(contains(code.text, "two_views = TwoViews("));
        }
        QVERIFY(contains(codeOf(pipelineByName("byol"), "torchvision"), "TwoViews(first_view, second_view)"));
    }

    void takesInWhatItUsesAlone_data() { addTargets(); }
    void takesInWhatItUsesAlone() {
        QFETCH(QString, target);
        const std::string code = codeOf(everything(), target);
        QCOMPARE(contains(code, "import albumentations"), target == QStringLiteral("albumentations"));
        QCOMPARE(contains(code, "import kornia"), target == QStringLiteral("kornia"));
        if (target == QStringLiteral("torchvision"))
            QVERIFY(!contains(code, "import v2")); // which old versions do not have
    }

    void namesAreData_data() { addTargets(); }
    void namesAreData() {
        QFETCH(QString, target);
        Pipeline pipeline = pipelineByName("crop-only");
        pipeline.name = "harmless\"\"\"\nimport os # \r\n\xE2\x80\xA8\xFF";
        PipelineStep unknown;
        unknown.operation = "x\nimport os";
        unknown.foreign = {{"operation", unknown.operation}};
        pipeline.steps.push_back(unknown);
        const PythonCode code = pythonOf(pipeline, exportTargetById(target.toStdString()), 32);
        const auto lines = QString::fromStdString(code.text).split(QRegularExpression("[\r\n]"));
        for (const QString &line : lines)
            QVERIFY2(!line.trimmed().startsWith(QStringLiteral("import os")), qPrintable(line));
        QVERIFY(std::ranges::all_of(code.text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
        QCOMPARE(code.gaps.size(), std::size_t{1});
        QVERIFY2(contains(code.gaps[0], "unknown to this version"), code.gaps[0].c_str());
    }

    void whatIsOffIsLeftOut() {
        Pipeline pipeline = pipelineByName("simclr-cifar10");
        pipeline.steps.at(2).enabled = false;
        QVERIFY(!contains(codeOf(pipeline, "torchvision"), "transforms.ColorJitter("));
    }

    void anotherLibraryIsRefusedByName() {
        const std::string told = thrownMessage<InvalidInput>([] { exportTargetById("jax"); });
        QVERIFY2(contains(told, "jax") && contains(told, "torchvision-v2"), told.c_str());
    }

    /// torchvision samples the same distribution: moments of many views of one image agree within five
    /// standard errors.
    void torchvisionDrawsTheSameDistribution_data() {
        QTest::addColumn<QString>("preset");
        QTest::newRow("crop") << "crop-only";
        QTest::newRow("CIFAR-10") << "simclr-cifar10";
        QTest::newRow("BYOL, both branches") << "byol";
    }
    void torchvisionDrawsTheSameDistribution() {
        QFETCH(QString, preset);
        if (run(QStringLiteral("import importlib.util as u\nprint(bool(u.find_spec('torchvision')))"), {})
                .trimmed() != QStringLiteral("True"))
            QSKIP("torchvision is not installed");
        constexpr int count = 600;
        const QTemporaryDir folder;
        Image picture = noiseImage(12, 9, 5); // coarse, so that crops differ
        {
            Pipeline enlarge{"", {makeStep("resize")}};
            Image large;
            ViewRenderer(enlarge, 96).render(picture, {}, large);
            picture = large;
        }
        writePng(picture, folderOf(folder) / "picture.png");
        const Pipeline pipeline = pipelineByName(preset.toStdString());
        writeBytes(folderOf(folder) / "views.py", codeOf(pipeline, "torchvision"));
        const QString script = QStringLiteral(R"(
import random, sys, numpy, torch
from PIL import Image
sys.path.insert(0, sys.argv[1])
torch.manual_seed(3); random.seed(3); numpy.random.seed(3)
import views
picture = Image.open(sys.argv[1] + "/picture.png").convert("RGB")
for _ in range(int(sys.argv[2])):
    for view in views.two_views(picture):
        grey = bool((view[0] == view[1]).all() and (view[1] == view[2]).all())
        print(*[float(c.mean()) for c in view], float(view[1].std(unbiased=False)), int(grey))
)");
        const QString printed = run(script, {folder.path(), QString::number(count)});
        const QStringList numbers = printed.split(QRegularExpression("\\s+"), Qt::SkipEmptyParts);
        QCOMPARE(int(numbers.size()), 2 * count * 5);
        const ViewRenderer renderer(pipeline, 32);
        for (const int branch : {0, 1}) {
            std::vector<std::array<double, 5>> theirs;
            std::vector<std::array<double, 5>> ours;
            for (int i = 0; i < count; ++i) {
                for (int j = 0; auto &value : theirs.emplace_back())
                    value = numbers[(2 * i + branch) * 5 + j++].toDouble();
                Image view;
                renderer.render(picture, {1, std::uint32_t(i), 0, std::uint16_t(branch)}, view);
                ours.push_back(measure(view));
            }
            compare(momentsOf(ours), momentsOf(theirs), count);
        }
    }

  private:
    static void compare(const Moments &ours, const Moments &theirs, double count) {
        for (std::size_t i = 0; i < 4; ++i) {
            const double error = std::hypot(ours.deviation[i], theirs.deviation[i]) / std::sqrt(count);
            // PIL and OpenCV interpolate and truncate differently, by about one level
            const double allowed = 5 * error + 2.0 / 255;
            QVERIFY2(std::abs(ours.mean[i] - theirs.mean[i]) < allowed,
                     qPrintable(QStringLiteral("mean %1: %2, theirs %3, allowed %4")
                                    .arg(i)
                                    .arg(ours.mean[i])
                                    .arg(theirs.mean[i])
                                    .arg(allowed)));
            const double ratio = ours.deviation[i] / theirs.deviation[i];
            QVERIFY2(ratio > 0.8 && ratio < 1.25,
                     qPrintable(QStringLiteral("deviation %1: ratio %2").arg(i).arg(ratio)));
        }
        const double error = std::sqrt(0.25 / count * 2); // of two fractions, at most
        QVERIFY2(std::abs(ours.grey - theirs.grey) < 5 * error,
                 qPrintable(QStringLiteral("grey: %1, theirs %2").arg(ours.grey).arg(theirs.grey)));
    }
};

SIMCLR_TEST(TestPythonExport, QCoreApplication)
#include "tst_python_export.moc"
