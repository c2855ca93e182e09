// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/online_probe.h"
#include "core/util/error.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <cmath>

using namespace simclr;

/// The classifier that is trained along with the encoder.
class TestOnlineProbe : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void learnsWhatIsSeparable() {
        OnlineProbe probe(4, 4, 256, 200, torch::kCPU);
        const torch::Tensor labels = torch::arange(4, torch::kInt64);
        const torch::Tensor h = torch::eye(4).repeat({2, 1});
        QCOMPARE(probe.train(h, labels, 0).item<double>(), 0.25); // from zero: everything is the first class
        for (int step = 1; step < 200; ++step)
            probe.train(h, labels, step);
        QVERIFY(torch::equal(probe.predictions(torch::eye(4)), labels));
    }

    void gradientsStopAtH() {
        OnlineProbe probe(3, 2, 256, 10, torch::kCPU);
        torch::Tensor h = torch::rand({4, 3}).requires_grad_();
        probe.train(h, torch::tensor({0, 1}, torch::kInt64), 0);
        QVERIFY(!h.grad().defined());
    }

    void viewsWithoutLabelAreIgnored() {
        OnlineProbe probe(3, 2, 256, 10, torch::kCPU);
        const torch::Tensor none = torch::full({2}, -1, torch::kInt64);
        QVERIFY(std::isnan(probe.train(torch::rand({4, 3}), none, 0).item<double>()));
        for (const auto &[name, tensor] : probe.state())
            QVERIFY2(tensor.abs().sum().item<double>() == 0, name.c_str());
    }

    void resumesFromItsState() {
        const torch::Tensor h = torch::rand({4, 3}, at::make_generator<at::CPUGeneratorImpl>(3));
        const torch::Tensor labels = torch::tensor({0, 1}, torch::kInt64);
        OnlineProbe whole(3, 2, 256, 10, torch::kCPU);
        OnlineProbe first(3, 2, 256, 10, torch::kCPU);
        OnlineProbe second(3, 2, 256, 10, torch::kCPU);
        whole.train(h, labels, 0);
        first.train(h, labels, 0);
        second.load(first.state());
        whole.train(h, labels, 1);
        second.train(h, labels, 1);
        for (const auto &[name, tensor] : whole.state())
            QVERIFY2(torch::equal(second.state().at(name), tensor), name.c_str());
        QVERIFY_EXCEPTION_THROWN(OnlineProbe(5, 2, 256, 10, torch::kCPU).load(first.state()), InvalidInput);
    }
};

SIMCLR_TEST(TestOnlineProbe, QCoreApplication)
#include "tst_online_probe.moc"
