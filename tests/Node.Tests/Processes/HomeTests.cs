using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Whoever has no home folder: only what needs one is refused, and nothing is put elsewhere.</summary>
public sealed class HomeTests : IDisposable
{
    private const string SomeKey = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Encrypt_WithThePolicyKeyAlone_NeedsNoHome()
    {
        await File.WriteAllTextAsync(_folder.File("text"), "secret");

        await using var encrypt =
            Start("encrypt", _folder.File("text"), "-o", _folder.File("kit"), "--policy-key", SomeKey);
        var code = await encrypt.WaitForExitAsync();

        Assert.True(code == 0, encrypt.Transcript);
        Assert.True(File.Exists(_folder.File("kit")));
    }

    [Theory, InlineData("card"), InlineData("contacts list"), InlineData("init"), InlineData("status")]
    [InlineData("grant --label x --bob bob")]
    public async Task Run_WhatNeedsAFolder_SaysThatThereIsNoHome(string words)
    {
        await using var process = Start(words.Split(' '));
        var code = (ExitCode)await process.WaitForExitAsync();

        await process.ReadAsync("^error: there is no home folder");
        await process.ReadAsync("--data DIR, or set HOME");
        Assert.Equal(ExitCode.Usage, code);
        Assert.False(Directory.Exists(".nucypher"));
    }

    private NodeProcess Start(params string[] words) =>
        NodeProcess.Start([$"HOME={_folder.File("nowhere")}", $"DOTNET_CLI_HOME={_folder.Path}"], words);
}
