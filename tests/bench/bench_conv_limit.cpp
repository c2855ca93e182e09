// SPDX-License-Identifier: GPL-3.0-or-later
// Images/s of ResNet-18 if it consisted only of its convolutions: forward and backward of every layer's shape
// in bf16, channels-last, by the same LibTorch. An upper bound for bench_train_step.
#include "core/compute/torch.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

/// Square convolutions of one shape: `count` of them in the network, on images of `side` pixels.
struct Layer {
    std::int64_t in;
    std::int64_t out;
    std::int64_t kernel;
    std::int64_t stride;
    std::int64_t side;
    int count;
};

/// ResNet-18 with the small stem at 32 px (He et al. 2016, table 1; SimCLR B.9).
const std::vector<Layer> layers{
    {3, 64, 3, 1, 32, 1},   {64, 64, 3, 1, 32, 4},   {64, 128, 3, 2, 32, 1}, {128, 128, 3, 1, 16, 3},
    {64, 128, 1, 2, 32, 1}, {128, 256, 3, 2, 16, 1}, {256, 256, 3, 1, 8, 3}, {128, 256, 1, 2, 16, 1},
    {256, 512, 3, 2, 8, 1}, {512, 512, 3, 1, 4, 3},  {256, 512, 1, 2, 8, 1},
};

torch::Tensor channelsLast(std::vector<std::int64_t> shape) {
    return torch::randn(shape).to(torch::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
}

/// Seconds of one forward and backward pass; the image needs no gradient if it is the network's input.
double measureOnce(const Layer &layer, torch::Tensor x, torch::Tensor weight, const torch::Tensor &gradient) {
    const auto start = std::chrono::steady_clock::now();
    const torch::Tensor y = torch::conv2d(x, weight, {}, layer.stride, layer.kernel / 2);
    y.backward(gradient);
    const auto end = std::chrono::steady_clock::now();
    x.mutable_grad().reset();
    weight.mutable_grad().reset();
    return std::chrono::duration<double>(end - start).count();
}

double measure(const Layer &layer, std::int64_t views, int rounds) {
    torch::Tensor x = channelsLast({views, layer.in, layer.side, layer.side}).requires_grad_(layer.in != 3);
    torch::Tensor weight = channelsLast({layer.out, layer.in, layer.kernel, layer.kernel}).requires_grad_();
    const std::int64_t side = layer.side / layer.stride;
    const torch::Tensor gradient = channelsLast({views, layer.out, side, side});
    std::vector<double> seconds;
    for (int round = 0; round <= rounds; ++round)
        seconds.push_back(measureOnce(layer, x, weight, gradient));
    seconds.erase(seconds.begin()); // the first one includes setup
    std::ranges::sort(seconds);
    return seconds[seconds.size() / 2];
}

} // namespace

int main(int argc, char **argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 3;
    const std::int64_t batch = argc > 2 ? std::atoll(argv[2]) : 128;
    at::set_num_threads(argc > 3 ? std::max(1, std::atoi(argv[3])) : 2);
    double seconds = 0;
    for (const Layer &layer : layers)
        seconds += layer.count * measure(layer, 2 * batch, rounds);
    std::printf("images_per_second %.1f\n", static_cast<double>(batch) / seconds);
    return 0;
}
