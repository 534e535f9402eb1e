// SPDX-License-Identifier: GPL-3.0-or-later
// Written by torch_schedules.py.
#pragma once

#include "schedule_references.h"

/// From torch.optim.lr_scheduler with SGD: SequentialLR.
inline const std::vector<ScheduleReference>& torchSequences() {
    using namespace ratescope;
    static const std::vector<ScheduleReference> all = {
        // LinearLR + CosineAnnealingLR, milestones [20], lr 0.2
        {"warm-up, cosine", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 20}, {referenceSpec("cosine", TimeUnit::Step,
         {{"lr", 0.2}, {"end", 0.002}, {"length", 80}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {7, 0.08300000000000002}, {15, 0.15500000000000005},
          {19, 0.1910000000000001}, {20, 0.2}, {21, 0.19992367458783158}, {22, 0.19969481603957967},
          {30, 0.1924640737186174}, {38, 0.1762801905944031}, {45, 0.15600145306894067}, {97, 0.002686222761462297},
          {98, 0.0023051839604203315}, {99, 0.002076325412168433}}},
        // LinearLR + StepLR, milestones [20], lr 0.2
        {"warm-up, step", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 20}, {referenceSpec("step", TimeUnit::Step,
         {{"lr", 0.2}, {"factor", 0.5}, {"period", 15}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {7, 0.08300000000000002}, {15, 0.15500000000000005},
          {22, 0.2}, {30, 0.2}, {33, 0.2}, {34, 0.2}, {35, 0.1}, {36, 0.1}, {48, 0.1}, {49, 0.1}, {50, 0.05},
          {99, 0.00625}}},
        // LinearLR + ExponentialLR, milestones [20], lr 0.2
        {"warm-up, exponential", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 20}, {referenceSpec("exponential",
         TimeUnit::Step, {{"lr", 0.2}, {"gamma", 0.97}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {7, 0.08300000000000002}, {15, 0.15500000000000005},
          {19, 0.1910000000000001}, {20, 0.2}, {21, 0.194}, {22, 0.18818000000000001}, {23, 0.18253460000000002},
          {30, 0.1474848253789856}, {38, 0.1155902525086081}, {45, 0.09339494105087431}, {53, 0.07319766485369783},
          {99, 0.018030052972954052}}},
        // LinearLR + CosineAnnealingWarmRestarts, milestones [20], lr 0.2
        {"warm-up, restarts", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 20}, {referenceSpec("warm_restarts",
         TimeUnit::Step, {{"lr", 0.2}, {"end", 0.01}, {"period", 10}, {"period_factor", 2}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {7, 0.08300000000000002}, {15, 0.15500000000000005},
          {28, 0.028143385534380005}, {29, 0.014649630951960414}, {30, 0.2}, {48, 0.014649630951960414},
          {49, 0.011169607643461922}, {50, 0.2}, {88, 0.011169607643461922}, {89, 0.010292853295352844}, {90, 0.2},
          {99, 0.194128176912636}}},
        // LinearLR + CosineAnnealingLR, milestones [1], lr 0.2
        {"one step, cosine", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step, {{"lr", 0.1},
         {"end", 0.2}, {"length", 1}}), 1}, {referenceSpec("cosine", TimeUnit::Step, {{"lr", 0.2}, {"end", 0},
         {"length", 30}}), std::nullopt}}), 10,
         {{0, 0.1}, {1, 0.2}, {2, 0.19945218953682733}, {3, 0.19781476007338056}, {4, 0.19510565162951535},
          {6, 0.18660254037844387}, {9, 0.1669130606358858}, {11, 0.14999999999999997}, {13, 0.13090169943749475},
          {16, 0.10000000000000002}, {18, 0.07920883091822406}, {28, 0.004894348370484648}, {29, 0.0021852399266194316},
          {30, 0.00054781046317266}}},
        // LinearLR + CosineAnnealingLR, milestones [12], lr 0.2
        {"warm-up cut short, cosine", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 12}, {referenceSpec("cosine", TimeUnit::Step,
         {{"lr", 0.2}, {"end", 0.002}, {"length", 80}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {6, 0.07400000000000001}, {10, 0.11000000000000004},
          {11, 0.11900000000000004}, {12, 0.2}, {13, 0.19992367458783158}, {14, 0.19969481603957967},
          {20, 0.19515459511322023}, {27, 0.18331549161795202}, {34, 0.16529535678468824}, {41, 0.14244731401620542},
          {47, 0.12031394187959672}, {89, 0.002686222761462297}}},
        // LinearLR + StepLR + ExponentialLR, milestones [20, 60], lr 0.2
        {"three parts", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 20}, {referenceSpec("step", TimeUnit::Step,
         {{"lr", 0.2}, {"factor", 0.5}, {"period", 15}}), 40}, {referenceSpec("exponential", TimeUnit::Step,
         {{"lr", 0.2}, {"gamma", 0.9}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {7, 0.08300000000000002}, {15, 0.15500000000000005},
          {22, 0.2}, {30, 0.2}, {33, 0.2}, {34, 0.2}, {35, 0.1}, {58, 0.05}, {59, 0.05}, {60, 0.2},
          {61, 0.18000000000000002}, {99, 0.0032846406536521365}}},
        // LinearLR + CosineAnnealingLR + CosineAnnealingLR, milestones [20, 50], lr 0.2
        {"three parts, two of them cosines", referenceSequence(TimeUnit::Step, {{referenceSpec("linear", TimeUnit::Step,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 20}}), 20}, {referenceSpec("cosine", TimeUnit::Step,
         {{"lr", 0.2}, {"end", 0.02}, {"length", 30}}), 30}, {referenceSpec("cosine", TimeUnit::Step, {{"lr", 0.2},
         {"end", 0}, {"length", 50}}), std::nullopt}}), 10,
         {{0, 0.020000000000000004}, {1, 0.029000000000000005}, {7, 0.08300000000000002}, {15, 0.15500000000000005},
          {19, 0.1910000000000001}, {20, 0.2}, {21, 0.1995069705831446}, {22, 0.1980332840660425}, {30, 0.155},
          {48, 0.02196671593395749}, {49, 0.020493029416855393}, {50, 0.2}, {51, 0.19980267284282716},
          {99, 0.0001973271571728441}}},
        // LinearLR + CosineAnnealingLR, milestones [3], lr 0.2, by epoch
        {"warm-up, cosine, by epoch", referenceSequence(TimeUnit::Epoch, {{referenceSpec("linear", TimeUnit::Epoch,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 3}}), 3}, {referenceSpec("cosine", TimeUnit::Epoch,
         {{"lr", 0.2}, {"end", 0.002}, {"length", 9}}), std::nullopt}}), 5,
         {{0, 0.020000000000000004}, {1, 0.020000000000000004}, {3, 0.020000000000000004}, {4, 0.020000000000000004},
          {5, 0.08}, {8, 0.08}, {9, 0.08}, {10, 0.14}, {11, 0.14}, {13, 0.14}, {18, 0.2}, {22, 0.19402956945780495},
          {27, 0.1768383998687788}, {59, 0.007970430542195078}}},
        // LinearLR + StepLR + ExponentialLR, milestones [3, 8], lr 0.2, by epoch
        {"three parts, by epoch", referenceSequence(TimeUnit::Epoch, {{referenceSpec("linear", TimeUnit::Epoch,
         {{"lr", 0.020000000000000004}, {"end", 0.2}, {"length", 3}}), 3}, {referenceSpec("step", TimeUnit::Epoch,
         {{"lr", 0.2}, {"factor", 0.5}, {"period", 2}}), 5}, {referenceSpec("exponential", TimeUnit::Epoch,
         {{"lr", 0.2}, {"gamma", 0.9}}), std::nullopt}}), 4,
         {{0, 0.020000000000000004}, {1, 0.020000000000000004}, {4, 0.08}, {8, 0.14}, {12, 0.2}, {16, 0.2}, {18, 0.2},
          {19, 0.2}, {20, 0.1}, {30, 0.05}, {31, 0.05}, {32, 0.2}, {33, 0.2}, {55, 0.11809800000000004}}},
    };
    return all;
}
