// SPDX-License-Identifier: GPL-3.0-or-later
// Written by torch_schedules.py.
#pragma once

#include "schedule_references.h"

/// From torch.optim.lr_scheduler with SGD: those that go in cycles.
inline const std::vector<ScheduleReference>& torchCycles() {
    using namespace ratescope;
    static const std::vector<ScheduleReference> all = {
        // CosineAnnealingWarmRestarts(T_0=10, T_mult=1, eta_min=0.003), lr 0.3
        {"CosineAnnealingWarmRestarts, T_mult 1", referenceSpec("warm_restarts", TimeUnit::Step, {{"lr", 0.3},
         {"end", 0.003}, {"period", 10}, {"period_factor", 1}}), 10,
         {{0, 0.3}, {1, 0.2927318926698303}, {8, 0.03136097633532032}, {9, 0.0102681073301697}, {10, 0.3},
          {11, 0.2927318926698303}, {18, 0.03136097633532032}, {19, 0.0102681073301697}, {20, 0.3},
          {22, 0.2716390236646797}, {28, 0.03136097633532032}, {29, 0.0102681073301697}, {30, 0.3},
          {149, 0.0102681073301697}}},
        // CosineAnnealingWarmRestarts(T_0=10, T_mult=2, eta_min=0.003), lr 0.3
        {"CosineAnnealingWarmRestarts, T_mult 2", referenceSpec("warm_restarts", TimeUnit::Step, {{"lr", 0.3},
         {"end", 0.003}, {"period", 10}, {"period_factor", 2}}), 10,
         {{0, 0.3}, {1, 0.2927318926698303}, {8, 0.03136097633532032}, {9, 0.0102681073301697}, {10, 0.3},
          {11, 0.29817171857837793}, {22, 0.10561097633532032}, {28, 0.0102681073301697}, {29, 0.004828281421622058},
          {30, 0.3}, {68, 0.004828281421622058}, {69, 0.0034577759406304973}, {70, 0.3}, {149, 0.0031144881182526493}}},
        // CosineAnnealingWarmRestarts(T_0=10, T_mult=3, eta_min=0.003), lr 0.3
        {"CosineAnnealingWarmRestarts, T_mult 3", referenceSpec("warm_restarts", TimeUnit::Step, {{"lr", 0.3},
         {"end", 0.003}, {"period", 10}, {"period_factor", 3}}), 10,
         {{0, 0.3}, {1, 0.2927318926698303}, {8, 0.03136097633532032}, {9, 0.0102681073301697}, {10, 0.3},
          {11, 0.29918650146218856}, {22, 0.1973890236646797}, {38, 0.006245081291029855}, {39, 0.0038134985378114},
          {40, 0.3}, {128, 0.003361738536416107}, {129, 0.0030904621876642795}, {130, 0.3},
          {149, 0.29638584860735584}}},
        // CosineAnnealingWarmRestarts(T_0=1, T_mult=2, eta_min=0.0), lr 0.3
        {"CosineAnnealingWarmRestarts, T_0 1", referenceSpec("warm_restarts", TimeUnit::Step, {{"lr", 0.3}, {"end", 0},
         {"period", 1}, {"period_factor", 2}}), 10,
         {{0, 0.3}, {1, 0.3}, {3, 0.3}, {5, 0.15}, {6, 0.04393398282201788}, {7, 0.3}, {9, 0.2560660171779821},
          {13, 0.04393398282201788}, {14, 0.011418070123306989}, {15, 0.3}, {29, 0.011418070123306989},
          {30, 0.0028822079395154354}, {31, 0.3}, {39, 0.2560660171779821}}},
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=2, eta_min=0.003), lr 0.3, by epoch
        {"CosineAnnealingWarmRestarts, by epoch", referenceSpec("warm_restarts", TimeUnit::Epoch, {{"lr", 0.3},
         {"end", 0.003}, {"period", 2}, {"period_factor", 2}}), 4,
         {{0, 0.3}, {1, 0.3}, {4, 0.1515}, {9, 0.3}, {13, 0.2565053570062023}, {18, 0.1515}, {22, 0.0464946429937977},
          {23, 0.0464946429937977}, {24, 0.3}, {54, 0.014303889422073918}, {55, 0.014303889422073918}, {56, 0.3},
          {57, 0.3}, {59, 0.3}}},
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=1, eta_min=0.003), lr 0.3, step(epoch + i/7)
        {"step(epoch + i/7), T_mult 1", referenceSpec("warm_restarts", TimeUnit::FractionalEpoch, {{"lr", 0.3},
         {"end", 0.003}, {"period", 2}, {"period_factor", 1}}), 7,
         {{0, 0.3}, {1, 0.2962767949590008}, {16, 0.28529387688350927}, {32, 0.24408823557602197},
          {68, 0.017706123116490856}, {69, 0.006723205040999176}, {70, 0.3}, {82, 0.017706123116490856},
          {83, 0.006723205040999176}, {84, 0.3}, {96, 0.017706123116490856}, {97, 0.006723205040999176}, {98, 0.3},
          {209, 0.006723205040999176}}},
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=2, eta_min=0.003), lr 0.3, step(epoch + i/10)
        {"step(epoch + i/10), T_mult 2", referenceSpec("warm_restarts", TimeUnit::FractionalEpoch, {{"lr", 0.3},
         {"end", 0.003}, {"period", 2}, {"period_factor", 2}}), 10,
         {{0, 0.3}, {1, 0.29817171857837793}, {18, 0.0102681073301697}, {19, 0.004828281421622058}, {20, 0.3},
          {23, 0.29589693317905497}, {46, 0.08408241078867737}, {58, 0.004828281421622058}, {59, 0.0034577759406304973},
          {60, 0.3}, {138, 0.0034577759406304973}, {139, 0.0031144881182526493}, {140, 0.3},
          {299, 0.0030286247884133747}}},
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=3, eta_min=0.003), lr 0.3, step(epoch + i/12)
        {"step(epoch + i/12), T_mult 3", referenceSpec("warm_restarts", TimeUnit::FractionalEpoch, {{"lr", 0.3},
         {"end", 0.003}, {"period", 2}, {"period_factor", 3}}), 12,
         {{0, 0.3}, {1, 0.29872956191401084}, {22, 0.008060014796073356}, {23, 0.004270438085989158}, {24, 0.3},
          {27, 0.29872956191401084}, {55, 0.18364128266980825}, {94, 0.003565087333375787}, {95, 0.003141339095094117},
          {96, 0.3}, {310, 0.003062822912793211}, {311, 0.003015706558824541}, {312, 0.3}, {359, 0.2961614959801365}}},
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=1, eta_min=0.003), lr 0.3, step(epoch + i/1)
        {"step(epoch + i/1), T_mult 1", referenceSpec("warm_restarts", TimeUnit::FractionalEpoch, {{"lr", 0.3},
         {"end", 0.003}, {"period", 2}, {"period_factor", 1}}), 1,
         {{0, 0.3}, {1, 0.1515}, {2, 0.3}, {3, 0.1515}, {4, 0.3}, {5, 0.1515}, {6, 0.3}, {7, 0.1515}, {8, 0.3},
          {11, 0.1515}, {13, 0.1515}, {15, 0.1515}, {17, 0.1515}, {29, 0.1515}}},
        // CosineAnnealingWarmRestarts(T_0=2, T_mult=2, eta_min=0.003), lr 0.3, step(epoch + i/3)
        {"step(epoch + i/3), T_mult 2", referenceSpec("warm_restarts", TimeUnit::FractionalEpoch, {{"lr", 0.3},
         {"end", 0.003}, {"period", 2}, {"period_factor", 2}}), 3,
         {{0, 0.3}, {1, 0.28010477246198917}, {4, 0.07725000000000003}, {5, 0.022895227538010883}, {6, 0.3},
          {13, 0.11306537180227572}, {16, 0.022895227538010883}, {17, 0.008060014796073356}, {18, 0.3},
          {20, 0.2949399852039266}, {40, 0.008060014796073356}, {41, 0.004270438085989158}, {42, 0.3},
          {89, 0.0033179498990673836}}},
        // CyclicLR(base_lr=0.01, max_lr=0.3, step_size_up=8, mode='triangular', gamma=0.97, cycle_momentum=False), lr
        // 0.01
        {"CyclicLR, triangular", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0.01}, {"max_lr", 0.3},
         {"half_period", 8}, {"mode", 0}, {"gamma", 0.97}}), 10,
         {{0, 0.01}, {1, 0.04625}, {6, 0.22749999999999998}, {7, 0.26375}, {8, 0.3}, {9, 0.26375}, {12, 0.155},
          {23, 0.26375}, {24, 0.3}, {25, 0.26375}, {39, 0.26375}, {40, 0.3}, {41, 0.26375}, {79, 0.04625}}},
        // CyclicLR(base_lr=0.0, max_lr=2.0, step_size_up=3, mode='triangular', gamma=0.99, cycle_momentum=False), lr
        // 0.0
        {"CyclicLR, triangular, from 0", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0}, {"max_lr", 2},
         {"half_period", 3}, {"mode", 0}, {"gamma", 0.99}}), 10,
         {{0, 0.0}, {1, 0.666666666666667}, {3, 2.0}, {6, 0.0}, {8, 1.3333333333333321}, {9, 2.0},
          {10, 1.3333333333333321}, {26, 1.3333333333333321}, {27, 2.0}, {28, 1.3333333333333321},
          {29, 0.6666666666666679}, {30, 0.0}, {31, 0.6666666666666679}, {39, 2.0}}},
        // CyclicLR(base_lr=0.1, max_lr=0.5, step_size_up=1, mode='triangular', gamma=0.9, cycle_momentum=False), lr 0.1
        {"CyclicLR, triangular, half 1", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0.1}, {"max_lr", 0.5},
         {"half_period", 1}, {"mode", 0}, {"gamma", 0.9}}), 10,
         {{0, 0.1}, {1, 0.5}, {2, 0.1}, {3, 0.5}, {4, 0.1}, {5, 0.5}, {6, 0.1}, {7, 0.5}, {8, 0.1}, {9, 0.5}, {10, 0.1},
          {11, 0.5}}},
        // CyclicLR(base_lr=0.01, max_lr=0.3, step_size_up=8, mode='triangular2', gamma=0.97, cycle_momentum=False), lr
        // 0.01
        {"CyclicLR, triangular2", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0.01}, {"max_lr", 0.3},
         {"half_period", 8}, {"mode", 1}, {"gamma", 0.97}}), 10,
         {{0, 0.01}, {1, 0.04625}, {6, 0.22749999999999998}, {7, 0.26375}, {8, 0.3}, {9, 0.26375}, {12, 0.155},
          {15, 0.04625}, {16, 0.01}, {17, 0.028124999999999997}, {23, 0.136875}, {24, 0.155}, {25, 0.136875},
          {79, 0.012265625}}},
        // CyclicLR(base_lr=0.0, max_lr=2.0, step_size_up=3, mode='triangular2', gamma=0.99, cycle_momentum=False), lr
        // 0.0
        {"CyclicLR, triangular2, from 0", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0}, {"max_lr", 2},
         {"half_period", 3}, {"mode", 1}, {"gamma", 0.99}}), 10,
         {{0, 0.0}, {1, 0.666666666666667}, {2, 1.333333333333333}, {3, 2.0}, {4, 1.333333333333334},
          {5, 0.6666666666666661}, {6, 0.0}, {7, 0.3333333333333339}, {8, 0.6666666666666661}, {9, 1.0},
          {10, 0.6666666666666661}, {12, 0.0}, {15, 0.5}, {39, 0.03125}}},
        // CyclicLR(base_lr=0.1, max_lr=0.5, step_size_up=1, mode='triangular2', gamma=0.9, cycle_momentum=False), lr
        // 0.1
        {"CyclicLR, triangular2, half 1", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0.1}, {"max_lr", 0.5},
         {"half_period", 1}, {"mode", 1}, {"gamma", 0.9}}), 10,
         {{0, 0.1}, {1, 0.5}, {2, 0.1}, {3, 0.30000000000000004}, {4, 0.1}, {5, 0.2}, {6, 0.1},
          {7, 0.15000000000000002}, {8, 0.1}, {9, 0.125}, {10, 0.1}, {11, 0.1125}}},
        // CyclicLR(base_lr=0.01, max_lr=0.3, step_size_up=8, mode='exp_range', gamma=0.97, cycle_momentum=False), lr
        // 0.01
        {"CyclicLR, exp_range", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0.01}, {"max_lr", 0.3},
         {"half_period", 8}, {"mode", 2}, {"gamma", 0.97}}), 10,
         {{0, 0.01}, {1, 0.0451625}, {6, 0.19117141107205746}, {7, 0.21502564686321168}, {8, 0.2372855742369318},
          {9, 0.2029086311335959}, {12, 0.11060714234433845}, {15, 0.0329553556062086}, {16, 0.01},
          {17, 0.031598694089881675}, {23, 0.13593775263927815}, {24, 0.14961099435439978}, {25, 0.1284948314582968},
          {79, 0.013267947101347922}}},
        // CyclicLR(base_lr=0.0, max_lr=2.0, step_size_up=3, mode='exp_range', gamma=0.99, cycle_momentum=False), lr 0.0
        {"CyclicLR, exp_range, from 0", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0}, {"max_lr", 2},
         {"half_period", 3}, {"mode", 2}, {"gamma", 0.99}}), 10,
         {{0, 0.0}, {1, 0.6600000000000003}, {2, 1.3067999999999997}, {3, 1.940598}, {4, 1.2807946800000005},
          {5, 0.6339933665999994}, {6, 0.0}, {7, 0.621376898604661}, {8, 1.2303262592372257}, {9, 1.8270344949672817},
          {10, 1.2058427666784048}, {12, 0.0}, {15, 1.7201167092825769}, {39, 1.3514580981205662}}},
        // CyclicLR(base_lr=0.1, max_lr=0.5, step_size_up=1, mode='exp_range', gamma=0.9, cycle_momentum=False), lr 0.1
        {"CyclicLR, exp_range, half 1", referenceSpec("cyclical", TimeUnit::Step, {{"lr", 0.1}, {"max_lr", 0.5},
         {"half_period", 1}, {"mode", 2}, {"gamma", 0.9}}), 10,
         {{0, 0.1}, {1, 0.4600000000000001}, {2, 0.1}, {3, 0.39160000000000006}, {4, 0.1}, {5, 0.33619600000000005},
          {6, 0.1}, {7, 0.29131876}, {8, 0.1}, {9, 0.25496819560000006}, {10, 0.1}, {11, 0.22552423843600003}}},
        // OneCycleLR(max_lr=0.7, total_steps=100, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 100 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 100}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.028000000000000025}, {1, 0.029969646396135197}, {2, 0.03585549328141091}, {3, 0.04558853448257838},
          {7, 0.12006551471382809}, {15, 0.38219067328470024}, {22, 0.6079344852861719}, {27, 0.6921445067185891},
          {28, 0.6980303536038648}, {29, 0.7}, {30, 0.6996475746991669}, {38, 0.6718348330541262},
          {45, 0.6135753588012114}, {99, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=1000, pct_start=0.25, div_factor=10.0, final_div_factor=100.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 1000 steps, pct_start 0.25, div 10, 100", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 1000}, {"rise", 0.25}, {"start_div", 10}, {"end_div", 100}, {"shape", 0}}), 10,
         {{0, 0.06999999999999995}, {1, 0.07002507124195956}, {2, 0.07010028097693566}, {3, 0.07022561723285559},
          {76, 0.20405222586265326}, {153, 0.4958425197665274}, {230, 0.6909924213373513}, {247, 0.6998997190230642},
          {248, 0.6999749287580403}, {249, 0.7}, {307, 0.6897316770636224}, {384, 0.6455692591517795},
          {461, 0.5709604997745417}, {999, 0.0006999999999999999}}},
        // OneCycleLR(max_lr=0.7, total_steps=50, pct_start=0.5, div_factor=4.0, final_div_factor=1.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 50 steps, pct_start 0.5, div 4, 1", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 50}, {"rise", 0.5}, {"start_div", 4}, {"end_div", 1}, {"shape", 0}}), 10,
         {{0, 0.17500000000000004}, {1, 0.17724572388937476}, {2, 0.18394447059911967}, {3, 0.19498162271578723},
          {7, 0.27770012488521084}, {11, 0.4032368745422364}, {15, 0.537954400995836}, {18, 0.6231155300614687},
          {21, 0.6800183772842128}, {22, 0.6910555294008803}, {23, 0.6977542761106251}, {24, 0.7},
          {26, 0.6917530797962657}, {49, 0.175}}},
        // OneCycleLR(max_lr=0.7, total_steps=30, pct_start=1.0, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 30 steps, pct_start 1.0, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 30}, {"rise", 1}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.028000000000000025}, {1, 0.029969646396135197}, {2, 0.03585549328141091}, {3, 0.04558853448257838},
          {4, 0.059054658990558395}, {6, 0.09651272992290372}, {8, 0.14647820831330594}, {11, 0.2396335798057887},
          {13, 0.30964124915827096}, {15, 0.38219067328470024}, {17, 0.4538895217458181}, {27, 0.6921445067185891},
          {28, 0.6980303536038648}, {29, 0.7}}},
        // OneCycleLR(max_lr=0.7, total_steps=77, pct_start=0.123, div_factor=3.0, final_div_factor=1000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 77 steps, pct_start 0.123, div 3, 1000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 77}, {"rise", 0.123}, {"start_div", 3}, {"end_div", 1000}, {"shape", 0}}), 10,
         {{0, 0.23333333333333328}, {1, 0.2491966392504677}, {2, 0.2946296043622659}, {5, 0.5319399104517948},
          {6, 0.6086909755203989}, {7, 0.6661308257974344}, {8, 0.6964492962819384}, {9, 0.6998940497971954},
          {11, 0.6975811497090133}, {17, 0.6728166388263359}, {23, 0.6230717581850906}, {29, 0.552197284417509},
          {35, 0.4656796467578706}, {76, 0.0002333333333333333}}},
        // OneCycleLR(max_lr=0.7, total_steps=2, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 2 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 2}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.5682219577648341}, {1, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=1, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 1 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 1}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=3, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 3 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 3}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.6960908048156382}, {1, 0.3238459718668826}, {2, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=20, pct_start=0.01, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 20 steps, pct_start 0.01, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 20}, {"rise", 0.01}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.6971841957540403}, {1, 0.685822597474911}, {2, 0.6660244243031639}, {4, 0.6033073001091211},
          {5, 0.5619639426446212}, {7, 0.464474729265949}, {8, 0.4107780190759769}, {10, 0.30019140584512377},
          {11, 0.2460796843236292}, {13, 0.14698229372975408}, {16, 0.038910237340404934}, {17, 0.017477838890233972},
          {18, 0.004399171377706145}, {19, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=10, pct_start=0.0, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 10 steps, pct_start 0.0, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 10}, {"rise", 0}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.6828698492241809}, {1, 0.6331562154074395}, {2, 0.5557254154030123}, {3, 0.4581569154074395},
          {4, 0.3500014}, {5, 0.24184588459256054}, {6, 0.14427738459698763}, {7, 0.06684658459256056},
          {8, 0.017132950775819077}, {9, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=2, pct_start=0.9, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 2 steps, pct_start 0.9, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 2}, {"rise", 0.9}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 10,
         {{0, 0.028000000000000025}, {1, 2.8e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=5, pct_start=0.3, div_factor=0.5, final_div_factor=2.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1
        {"OneCycleLR, cosine, 5 steps, pct_start 0.3, div 0.5, 2", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 5}, {"rise", 0.3}, {"start_div", 0.5}, {"end_div", 2}, {"shape", 0}}), 10,
         {{0, 1.4}, {1, 0.7}, {2, 0.7}, {3, 0.7}, {4, 0.7}}},
        // OneCycleLR(max_lr=0.7, total_steps=100, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 100 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 100}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.027999999999999997}, {1, 0.051172413793103444}, {7, 0.19020689655172413}, {15, 0.37558620689655176},
          {22, 0.5377931034482758}, {28, 0.6768275862068965}, {29, 0.7}, {30, 0.6900000399999999},
          {38, 0.6100003599999999}, {81, 0.18000207999999995}, {82, 0.17000212000000003}, {83, 0.1600021599999999},
          {84, 0.15000219999999997}, {99, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=1000, pct_start=0.25, div_factor=10.0, final_div_factor=100.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 1000 steps, pct_start 0.25, div 10, 100", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 1000}, {"rise", 0.25}, {"start_div", 10}, {"end_div", 100}, {"shape", 1}}), 10,
         {{0, 0.06999999999999999}, {1, 0.07253012048192771}, {76, 0.26228915662650604}, {153, 0.45710843373493976},
          {193, 0.5583132530120481}, {194, 0.560843373493976}, {195, 0.5633734939759035}, {196, 0.5659036144578313},
          {230, 0.6519277108433735}, {248, 0.6974698795180723}, {249, 0.7}, {250, 0.6990676}, {307, 0.6459208},
          {999, 0.0007000000000000339}}},
        // OneCycleLR(max_lr=0.7, total_steps=50, pct_start=0.5, div_factor=4.0, final_div_factor=1.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 50 steps, pct_start 0.5, div 4, 1", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 50}, {"rise", 0.5}, {"start_div", 4}, {"end_div", 1}, {"shape", 1}}), 10,
         {{0, 0.175}, {1, 0.196875}, {3, 0.24062499999999998}, {7, 0.328125}, {11, 0.4156249999999999},
          {15, 0.5031249999999999}, {16, 0.5249999999999999}, {17, 0.546875}, {18, 0.5687499999999999}, {19, 0.590625},
          {23, 0.6781249999999999}, {24, 0.7}, {25, 0.6789999999999999}, {49, 0.17500000000000004}}},
        // OneCycleLR(max_lr=0.7, total_steps=30, pct_start=1.0, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 30 steps, pct_start 1.0, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 30}, {"rise", 1}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.027999999999999997}, {1, 0.051172413793103444}, {2, 0.07434482758620689}, {4, 0.12068965517241378},
          {6, 0.16703448275862068}, {8, 0.21337931034482757}, {10, 0.25972413793103444}, {11, 0.28289655172413786},
          {12, 0.3060689655172414}, {13, 0.3292413793103448}, {14, 0.3524137931034482}, {15, 0.37558620689655176},
          {17, 0.4219310344827586}, {29, 0.7}}},
        // OneCycleLR(max_lr=0.7, total_steps=77, pct_start=0.123, div_factor=3.0, final_div_factor=1000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 77 steps, pct_start 0.123, div 3, 1000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 77}, {"rise", 0.123}, {"start_div", 3}, {"end_div", 1000}, {"shape", 1}}), 10,
         {{0, 0.2333333333333333}, {1, 0.2884232479439657}, {5, 0.508782906386495}, {7, 0.6189627356077598},
          {8, 0.6740526502183921}, {9, 0.6945182578349055}, {10, 0.6841557962751805}, {11, 0.6737933347154555},
          {17, 0.6116185653571058}, {23, 0.549443795998756}, {24, 0.5390813344390311}, {25, 0.5287188728793062},
          {26, 0.5183564113195811}, {76, 0.00023333333333330764}}},
        // OneCycleLR(max_lr=0.7, total_steps=2, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 2 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 2}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.5000007999999999}, {1, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=1, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 1 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 1}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=3, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 3 steps, pct_start 0.3, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 3}, {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.6666667999999999}, {1, 0.33333479999999993}, {2, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=20, pct_start=0.01, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 20 steps, pct_start 0.01, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 20}, {"rise", 0.01}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.6717172848484848}, {1, 0.6363638909090908}, {2, 0.6010104969696969}, {3, 0.565657103030303},
          {4, 0.5303037090909091}, {5, 0.4949503151515151}, {7, 0.42424352727272724}, {8, 0.3888901333333333},
          {10, 0.31818334545454535}, {11, 0.28282995151515145}, {16, 0.10606298181818175}, {17, 0.07070958787878778},
          {18, 0.03535619393939393}, {19, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=10, pct_start=0.0, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 10 steps, pct_start 0.0, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 10}, {"rise", 0}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.63000028}, {1, 0.56000056}, {2, 0.49000084}, {3, 0.42000111999999995}, {4, 0.35000139999999996},
          {5, 0.28000168}, {6, 0.21000196}, {7, 0.14000223999999994}, {8, 0.07000251999999996},
          {9, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=2, pct_start=0.9, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 2 steps, pct_start 0.9, div 25, 10000", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 2}, {"rise", 0.9}, {"start_div", 25}, {"end_div", 10000}, {"shape", 1}}), 10,
         {{0, 0.027999999999999997}, {1, 2.7999999999694936e-06}}},
        // OneCycleLR(max_lr=0.7, total_steps=5, pct_start=0.3, div_factor=0.5, final_div_factor=2.0,
        // anneal_strategy='linear', cycle_momentum=False), lr 0.1
        {"OneCycleLR, linear, 5 steps, pct_start 0.3, div 0.5, 2", referenceSpec("one_cycle", TimeUnit::Step,
         {{"max_lr", 0.7}, {"length", 5}, {"rise", 0.3}, {"start_div", 0.5}, {"end_div", 2}, {"shape", 1}}), 10,
         {{0, 1.4}, {1, 0.7}, {2, 0.7}, {3, 0.7}, {4, 0.7}}},
        // OneCycleLR(max_lr=0.7, total_steps=12, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0,
        // anneal_strategy='cos', cycle_momentum=False), lr 0.1, by epoch
        {"OneCycleLR, by epoch", referenceSpec("one_cycle", TimeUnit::Epoch, {{"max_lr", 0.7}, {"length", 12},
         {"rise", 0.3}, {"start_div", 25}, {"end_div", 10000}, {"shape", 0}}), 5,
         {{0, 0.028000000000000025}, {1, 0.028000000000000025}, {3, 0.028000000000000025}, {4, 0.028000000000000025},
          {5, 0.24485275795370814}, {8, 0.24485275795370814}, {9, 0.24485275795370814}, {10, 0.61549961138549},
          {11, 0.61549961138549}, {13, 0.61549961138549}, {18, 0.6960908048156382}, {22, 0.6531090788889882},
          {27, 0.5682219577648341}, {59, 2.8e-06}}},
    };
    return all;
}
